package io.pubsub.transport;

/**
 * Decides what to do with a delivery, and settles it.
 */
@FunctionalInterface
public interface Receiver {

	/**
	 * Takes over a delivery, which from now on is the receiver's to settle. Must not
	 * block and must not throw: the calling thread is the source's.
	 * @param delivery the delivery
	 */
	void receive(Delivery delivery);

}
