package io.pubsub.transport;

/**
 * A place that messages come from.
 * <p>
 * A source hands over deliveries only while fewer of them than its limit are unsettled:
 * that limit is all the back-pressure there is.
 *
 * @since 0.1.0
 */
public interface Source {

	/**
	 * Starts to hand over deliveries.
	 * @param receiver the receiver of the deliveries
	 * @return the handle on what was started
	 * @throws RuntimeException if the source does not exist or may not be read: a failure
	 * that waiting does not mend
	 */
	Subscription start(Receiver receiver);

	/**
	 * Starts to hand over deliveries, limited from the first on where the source can do
	 * that; by default from just after its start.
	 * @param receiver the receiver of the deliveries
	 * @param limit as of {@link Subscription#limit(int)}
	 * @return as {@link #start(Receiver)}
	 */
	default Subscription start(Receiver receiver, int limit) {
		Subscription subscription = start(receiver);
		if (limit < Integer.MAX_VALUE) {
			subscription.limit(limit);
		}
		return subscription;
	}

	/**
	 * Whether this comes to an end by itself, as a file does, so that an application that
	 * has nothing else to do ends with it.
	 * @return {@code true} if so; by default {@code false}, as for a queue
	 */
	default boolean ends() {
		return false;
	}

}
