package io.pubsub.autoconfigure.internal;

import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when an application was started in a way that cannot work. The process exits
 * with code 2.
 */
public final class UsageException extends RuntimeException implements ExitCodeGenerator {

	/**
	 * The exit code of a process that was started in a way that cannot work.
	 */
	public static final int WRONG_USAGE = 2;

	/**
	 * Refuses the way in which the application was started.
	 * @param message the text that says what is wrong, and what would be right
	 */
	public UsageException(String message) {
		super(message);
	}

	@Override
	public int getExitCode() {
		return WRONG_USAGE;
	}

}
