package io.pubsub.source;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

import org.jspecify.annotations.Nullable;

/**
 * {@link Progress} as a bar on the terminal, in the percent of the bytes of a file.
 */
final class ProgressBar implements Progress {

	private static final int WIDTH = 40;

	private static final int HUNDRED = 100;

	private final String name;

	private final long total;

	private final PrintStream terminal;

	private int percent = -1;

	ProgressBar(String name, long total, PrintStream terminal) {
		this.name = name;
		this.total = total;
		this.terminal = terminal;
	}

	/**
	 * The progress for a person at a terminal, if there is one.
	 * @param name the name of the input
	 * @param total its size in bytes
	 * @return a bar, or what shows nothing
	 */
	static Progress onTerminal(String name, long total) {
		return isTerminal(System.console()) ? new ProgressBar(name, total, System.err) : Progress.NONE;
	}

	// From JDK 22 on there is a console without a terminal too, but then it says so.
	private static boolean isTerminal(@Nullable Console console) {
		if (console == null) {
			return false;
		}
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

	@Override
	public void at(long bytes) {
		int now = (this.total == 0) ? HUNDRED : (int) Math.min(HUNDRED, bytes * HUNDRED / this.total);
		if (now != this.percent) {
			this.percent = now;
			int filled = now * WIDTH / HUNDRED;
			this.terminal.printf("\r%s [%s%s] %3d %%%s", this.name, "=".repeat(filled), " ".repeat(WIDTH - filled), now,
					(now == HUNDRED) ? System.lineSeparator() : "");
			this.terminal.flush();
		}
	}

}
