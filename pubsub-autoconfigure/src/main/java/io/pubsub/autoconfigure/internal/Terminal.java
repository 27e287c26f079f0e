package io.pubsub.autoconfigure.internal;

import java.io.Console;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * The terminal at which somebody sits.
 */
public final class Terminal {

	private static final @Nullable Method IS_TERMINAL = ReflectionUtils.findMethod(Console.class, "isTerminal");

	private Terminal() {
	}

	/**
	 * The console of this process.
	 * @return the console; {@code null} if its input or its output is a file, a pipe or
	 * nothing
	 */
	public static @Nullable Console console() {
		Console console = System.console();
		// From Java 22 on, there may be a console without a terminal.
		boolean seen = console != null
				&& (IS_TERMINAL == null || Boolean.TRUE.equals(ReflectionUtils.invokeMethod(IS_TERMINAL, console)));
		return seen ? console : null;
	}

}
