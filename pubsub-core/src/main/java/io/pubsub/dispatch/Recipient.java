package io.pubsub.dispatch;

/**
 * Whoever takes the messages of a media type.
 *
 * @since 0.1.0
 */
public interface Recipient {

	/**
	 * The name that people know it by, in log lines and metrics.
	 * @return the name
	 */
	String name();

	/**
	 * The class that its messages are decoded to.
	 * @return the class
	 */
	Class<?> contentType();

}
