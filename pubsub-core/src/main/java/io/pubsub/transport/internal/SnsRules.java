package io.pubsub.transport.internal;

import java.util.regex.Pattern;

import io.pubsub.transport.AddressRules;
import org.jspecify.annotations.Nullable;

/**
 * The {@link AddressRules} of SNS and SQS, and of what stands in for them.
 */
public enum SnsRules implements AddressRules {

	/**
	 * The rules.
	 */
	INSTANCE;

	// The URL of a queue may end in slashes.
	private static final Pattern FIFO = Pattern.compile(".*\\.fifo/*");

	private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

	// More than these, and SNS silently drops the message at a raw subscription.
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
