package io.pubsub.test;

import java.util.regex.Pattern;

import io.pubsub.transport.AddressRules;
import org.jspecify.annotations.Nullable;

/**
 * The {@link AddressRules} of SNS, as far as a message is made by them.
 */
enum TopicRules implements AddressRules {

	INSTANCE;

	// The URL of a queue may end in slashes.
	private static final Pattern FIFO = Pattern.compile(".*\\.fifo/*");

	private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

	private static final int MAX_ATTRIBUTES = 10;

	@Override
	public boolean isFifo(String address) {
		return FIFO.matcher(address).matches();
	}

	@Override
	public @Nullable String faultOfId(String id) {
		return ID.matcher(id).matches() ? null
				: "must have 1 to 128 letters, digits and punctuation characters of ASCII, without spaces";
	}

	@Override
	public int maxAttributes() {
		return MAX_ATTRIBUTES;
	}

}
