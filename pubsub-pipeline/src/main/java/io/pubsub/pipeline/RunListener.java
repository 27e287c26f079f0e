package io.pubsub.pipeline;

import io.pubsub.transport.Delivery;

/**
 * Hears what happens in a {@link Run}, on whatever thread it does.
 */
interface RunListener {

	/**
	 * Says that something was done.
	 */
	void progressed();

	/**
	 * Says that a message was settled.
	 */
	void settled();

	/**
	 * Gives a delivery back that has waited for an earlier one of the same message.
	 * @param delivery the delivery, not begun
	 */
	void again(Delivery delivery);

}
