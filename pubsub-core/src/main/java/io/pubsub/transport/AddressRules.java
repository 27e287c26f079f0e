package io.pubsub.transport;

import org.jspecify.annotations.Nullable;

/**
 * The rules of a {@link Destination} that a message is made for: they are kept while it
 * is made ready, so that a fault shows where the message is produced.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface AddressRules {

	/**
	 * Whether an address keeps the order of the messages of a group, and delivers one of
	 * those with the same deduplication id. A message for it needs both ids; a message
	 * for another address may have a group only.
	 * @param address the address, in the words of the destination
	 * @return {@code false} if messages may overtake one another
	 */
	boolean isFifo(String address);

	/**
	 * The fault of a group or deduplication id.
	 * @param id the id
	 * @return the fault, as what an id must be, without the id; {@code null} for none
	 */
	@Nullable String faultOfId(String id);

	/**
	 * How many attributes reach the receiver.
	 * @return the highest number
	 */
	int maxAttributes();

	/**
	 * The size of the largest message that an address takes, its attributes included.
	 * @param address the address, in the words of the destination
	 * @return the size in bytes; by default there is no such limit
	 */
	default int maxBytes(String address) {
		return Integer.MAX_VALUE;
	}

	/**
	 * Whether what is sent to an address comes to one queue and to no other, so that who
	 * has received it there is the only one who has.
	 * @param address the address, in the words of the destination
	 * @return {@code false}, as by default, if several may receive it, or if that is not
	 * known
	 */
	default boolean isQueue(String address) {
		return false;
	}

	/**
	 * The rules of a destination that takes everything, and keeps no order.
	 * @return the rules
	 */
	static AddressRules none() {
		return NoAddressRules.INSTANCE;
	}

}
