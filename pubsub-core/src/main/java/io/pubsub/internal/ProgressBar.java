package io.pubsub.internal;

import java.io.PrintStream;

import org.jspecify.annotations.Nullable;

/**
 * A bar on the terminal that shows how much of something is done, in percent.
 * <p>
 * Not safe for use by many threads.
 */
public final class ProgressBar {

	private static final int WIDTH = 40;

	private static final int HUNDRED = 100;

	private final String name;

	private final PrintStream terminal;

	private int percent = -1;

	public ProgressBar(String name, PrintStream terminal) {
		this.name = name;
		this.terminal = terminal;
	}

	/**
	 * A bar for a person at a terminal.
	 * @param name the name of what is worked on
	 * @return the bar; {@code null} if nobody sits at a terminal
	 */
	public static @Nullable ProgressBar onTerminal(String name) {
		return (Terminal.console() != null) ? new ProgressBar(LogText.of(name), System.err) : null;
	}

	/**
	 * Draws the bar, if it has changed. The line ends when all is done.
	 * @param done the part that is done
	 * @param total the whole
	 */
	public void at(long done, long total) {
		int now = (total == 0) ? HUNDRED : (int) Math.min(HUNDRED, done * HUNDRED / total);
		if (now != this.percent) {
			this.percent = now;
			int filled = now * WIDTH / HUNDRED;
			this.terminal.printf("\r%s [%s%s] %3d %%%s", this.name, "=".repeat(filled), " ".repeat(WIDTH - filled), now,
					(now == HUNDRED) ? System.lineSeparator() : "");
			this.terminal.flush();
		}
	}

}
