package io.pubsub.dispatch;

import io.pubsub.OpaqueData;
import org.jspecify.annotations.Nullable;

/**
 * How many services a message may pass through, which breaks loops of messages that cause
 * each other (MC-38).
 *
 * @param enabled whether messages without a time to live get one, and whether it is
 * counted down; a time to live that is used up is heeded in any case
 * @param initial what a message without a time to live is given
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
		Integer incoming = parse(opaqueData.get(OpaqueData.TIME_TO_LIVE));
		if (!this.enabled) {
			return incoming;
		}
		return ((incoming != null) ? incoming : this.initial) - 1;
	}

	// What cannot be read counts as absent: a stranger's header is no reason to lose a
	// message.
	private static @Nullable Integer parse(@Nullable String text) {
		if (text == null) {
			return null;
		}
		try {
			return Integer.valueOf(text.strip());
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
