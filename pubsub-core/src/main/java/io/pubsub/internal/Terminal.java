package io.pubsub.internal;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

import org.jspecify.annotations.Nullable;

/**
 * The terminal at which somebody sits.
 */
public final class Terminal {

	private Terminal() {
	}

	/**
	 * The console of this process.
	 * @return the console; {@code null} if its input or its output is a file, a pipe or
	 * nothing
	 */
	@SuppressWarnings("SystemConsoleNull") // Up to JDK 21 it is null.
	public static @Nullable Console console() {
		Console console = System.console();
		return (console != null && isTerminal(console)) ? console : null;
	}

	// From JDK 22 on there is a console without a terminal too, but then it says so.
	private static boolean isTerminal(Console console) {
		try {
			return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
		}
		catch (NoSuchMethodException ex) {
			return true;
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			return false;
		}
	}

}
