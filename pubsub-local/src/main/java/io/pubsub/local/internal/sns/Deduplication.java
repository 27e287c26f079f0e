package io.pubsub.local.internal.sns;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a FIFO topic took in the last five minutes, by deduplication id. Used only in the
 * order of the topic.
 */
final class Deduplication {

	private static final Duration INTERVAL = Duration.ofMinutes(5);

	private static final String FIRST_DIGIT = "1";

	// Oldest first, since nothing is put twice.
	private final Map<String, Notification> taken = new LinkedHashMap<>();

	private final Clock clock;

	private long sequence;

	Deduplication(Clock clock) {
		this.clock = clock;
	}

	@Nullable Notification find(String key) {
		Instant oldest = this.clock.instant().minus(INTERVAL);
		Iterator<Notification> notifications = this.taken.values().iterator();
		while (notifications.hasNext() && !notifications.next().timestamp().isAfter(oldest)) {
			notifications.remove();
		}
		return this.taken.get(key);
	}

	void remember(String key, Notification notification) {
		this.taken.put(key, notification);
	}

	String nextSequenceNumber() {
		this.sequence++;
		return FIRST_DIGIT + "%019d".formatted(this.sequence);
	}

}
