package io.pubsub.publish;

import io.pubsub.transport.AddressRules;
import org.jspecify.annotations.Nullable;

/**
 * {@link AddressRules} by which addresses that begin with {@code fifo} keep the order,
 * ids have no spaces, there are three attributes, and messages have 256 KiB.
 */
enum FifoRules implements AddressRules {

	INSTANCE;

	static final int MAX_BYTES = 262_144;

	@Override
	public boolean isFifo(String address) {
		return address.startsWith("fifo");
	}

	@Override
	public @Nullable String faultOfId(String id) {
		return id.contains(" ") ? "must have no spaces" : null;
	}

	@Override
	public int maxAttributes() {
		return 3;
	}

	@Override
	public int maxBytes(String address) {
		return MAX_BYTES;
	}

}
