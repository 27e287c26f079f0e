package io.pubsub.autoconfigure.internal;

/**
 * What is wrong with an application and knows how it is mended. Implemented by exceptions
 * that end a start.
 */
public interface Actionable {

	/**
	 * Returns what to do.
	 * @return the action, as sentences
	 */
	String action();

}
