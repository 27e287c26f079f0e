package io.pubsub.idempotency;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Expiry}.
 */
class ExpiryTests {

	@Test
	void refusesALeaseOfNoTime() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Expiry(Duration.ZERO, Duration.ofDays(1)))
			.withMessage("the lease of an idempotency key must be at least 1ms, not 0s");
	}

	@Test
	void refusesARetentionThatIsShorterThanTheLease() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Expiry(Duration.ofHours(2), Duration.ofHours(1)))
			.withMessageContaining("1h, must not be shorter than their lease, 2h");
	}

}
