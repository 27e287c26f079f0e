package io.pubsub.autoconfigure.internal;

/**
 * The names of the properties that the command line sets and no configuration does.
 */
public final class CommandLineProperties {

	/**
	 * The name of the command that runs in place of the daemon.
	 */
	public static final String COMMAND = "pubsub.command-line.command";

	/**
	 * Whether the embedded broker is to be one of this process, even if another one is
	 * running.
	 */
	public static final String OWN_BROKER = "pubsub.command-line.own-broker";

	/**
	 * Whether what the process publishes and consumes stays in the embedded broker.
	 */
	public static final String LOCAL = "pubsub.command-line.local";

	/**
	 * Whether AWS Lambda runs the application, so that no daemon starts.
	 */
	public static final String LAMBDA = "pubsub.command-line.lambda";

	/**
	 * Whether the command asks no broker, so that it needs none that is running.
	 */
	public static final String OFFLINE = "pubsub.command-line.offline";

	private CommandLineProperties() {
	}

}
