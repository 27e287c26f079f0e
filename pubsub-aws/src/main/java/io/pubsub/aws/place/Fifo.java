package io.pubsub.aws.place;

import io.pubsub.transport.internal.SnsRules;

/**
 * Whether a queue or a topic is FIFO, so that the order of its messages counts: AWS has
 * it in the name.
 *
 * @since 0.1.0
 */
public final class Fifo {

	private Fifo() {
	}

	/**
	 * Whether an address is that of a FIFO queue or topic.
	 * @param address the ARN or name of a queue or topic, or the URL of a queue
	 * @return {@code false} for a standard one
	 */
	public static boolean isAddress(String address) {
		return SnsRules.INSTANCE.isFifo(address);
	}

}
