package io.pubsub.aws.batch;

import io.pubsub.aws.place.Fifo;
import io.pubsub.transport.OutboundMessage;

/**
 * A message on its way into a batch.
 *
 * @param place the place of the message in the list that is published
 * @param message the message
 * @param size its size in bytes
 */
record Entry(int place, OutboundMessage message, int size) {

	/**
	 * Whether the order of the messages of a group counts where this one goes.
	 */
	boolean isOrdered() {
		return Fifo.isAddress(this.message.address());
	}

	Group group() {
		return new Group(this.message.address(), String.valueOf(this.message.groupId()));
	}

	/**
	 * Messages of one address whose order counts.
	 *
	 * @param address the address
	 * @param id the group id
	 */
	record Group(String address, String id) {
	}

}
