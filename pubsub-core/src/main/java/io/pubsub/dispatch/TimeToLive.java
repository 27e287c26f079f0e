package io.pubsub.dispatch;

import io.pubsub.OpaqueData;
import io.pubsub.internal.ForeignNumber;
import org.jspecify.annotations.Nullable;

/**
 * How many services a message may pass through, which breaks loops of messages that cause
 * each other.
 *
 * @param enabled whether messages without a time to live get one, and whether it is
 * counted down; a time to live that is used up is heeded in any case
 * @param initial the time to live of a message that has none
 * @since 0.1.0
 */
public record TimeToLive(boolean enabled, int initial) {

	/**
	 * What the peers use: 32 services.
	 */
	public static final TimeToLive DEFAULT = new TimeToLive(true, 32);

	public TimeToLive {
		if (initial < 1) {
			throw new IllegalArgumentException("the initial time to live must be at least 1, not " + initial);
		}
	}

	@Nullable Integer remaining(OpaqueData opaqueData) {
		Long incoming = ForeignNumber.of(opaqueData.get(OpaqueData.TIME_TO_LIVE), Integer.MIN_VALUE, Integer.MAX_VALUE);
		if (!this.enabled) {
			return (incoming != null) ? incoming.intValue() : null;
		}
		long remaining = ((incoming != null) ? incoming : this.initial) - 1;
		return (int) Math.max(remaining, 0);
	}

}
