package io.pubsub.transport;

/**
 * Where messages come from.
 * <p>
 * A source hands over deliveries only while fewer of them than its limit are unsettled:
 * that limit is all the back-pressure there is.
 */
public interface Source {

	/**
	 * Starts to hand over deliveries.
	 * @param receiver what takes them
	 * @return the handle on what was started
	 * @throws RuntimeException if the source does not exist or may not be read: a failure
	 * that waiting does not mend
	 */
	Subscription start(Receiver receiver);

}
