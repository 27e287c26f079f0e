package io.pubsub.local.internal.sns;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deduplication}.
 */
class DeduplicationTests {

	private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

	private Instant now = START;

	private final Deduplication deduplication = new Deduplication(new Clock() {

		@Override
		public Instant instant() {
			return DeduplicationTests.this.now;
		}

		@Override
		public ZoneOffset getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	});

	@Test
	void knowsAMessageForFiveMinutes() {
		Notification taken = new Notification("id", new PublishRequest(null, "body", Map.of(), "group", "key", null, 4),
				START, "1");
		this.deduplication.remember("key", taken);
		this.now = START.plus(Duration.ofMinutes(5)).minusMillis(1);
		assertThat(this.deduplication.find("key")).isSameAs(taken);
		assertThat(this.deduplication.find("other")).isNull();
		this.now = START.plus(Duration.ofMinutes(5));
		assertThat(this.deduplication.find("key")).isNull();
	}

	@Test
	void numbersInTwentyAscendingDigits() {
		assertThat(this.deduplication.nextSequenceNumber()).hasSize(20)
			.isLessThan(this.deduplication.nextSequenceNumber());
	}

}
