package io.pubsub.transport;

import io.pubsub.internal.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moment when a delivery passes from its source to a receiver.
 *
 * @since 0.1.0
 */
public final class HandOver {

	private static final Logger logger = LoggerFactory.getLogger(HandOver.class);

	private HandOver() {
	}

	/**
	 * Hands a delivery over. One whose receiver throws, which it must not, is handed
	 * back.
	 * @param delivery the delivery
	 * @param receiver the receiver
	 */
	public static void of(Delivery delivery, Receiver receiver) {
		try {
			receiver.receive(delivery);
		}
		catch (Throwable ex) {
			logger.error("The receiver failed on message {} instead of settling it: handing it back",
					LogText.of(delivery.message().id()), ex);
			delivery.nack(null);
		}
	}

}
