package io.pubsub.test;

import java.util.regex.Pattern;

import io.pubsub.transport.AddressRules;
import org.jspecify.annotations.Nullable;

/**
 * The {@link AddressRules} of SNS, as far as a message is made by them.
 */
enum TopicRules implements AddressRules {

	INSTANCE;

	private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

	private static final int MAX_ATTRIBUTES = 10;

	@Override
	public boolean isFifo(String address) {
		return address.endsWith(".fifo");
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
