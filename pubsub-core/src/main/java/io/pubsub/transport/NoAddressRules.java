package io.pubsub.transport;

import org.jspecify.annotations.Nullable;

/**
 * The {@link AddressRules} of a destination that takes everything.
 */
enum NoAddressRules implements AddressRules {

	INSTANCE;

	@Override
	public boolean isFifo(String address) {
		return false;
	}

	@Override
	public @Nullable String faultOfId(String id) {
		return null;
	}

	@Override
	public int maxAttributes() {
		return Integer.MAX_VALUE;
	}

}
