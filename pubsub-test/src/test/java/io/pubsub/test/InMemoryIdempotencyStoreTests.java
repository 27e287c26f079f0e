package io.pubsub.test;

import java.time.Duration;
import java.util.stream.IntStream;

import io.pubsub.idempotency.Claim;
import io.pubsub.idempotency.IdempotencyStore;
import io.pubsub.idempotency.InMemoryIdempotencyStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link InMemoryIdempotencyStore}.
 */
class InMemoryIdempotencyStoreTests extends IdempotencyStoreContract {

	private static final int MAX_ENTRIES = 3;

	private final TestClock clock = new TestClock();

	private final InMemoryIdempotencyStore store = new InMemoryIdempotencyStore(EXPIRY, MAX_ENTRIES,
			this.clock.timekeeper());

	@Override
	protected IdempotencyStore store() {
		return this.store;
	}

	@Override
	protected void passTime(Duration duration) {
		this.clock.advance(duration);
	}

	@Test
	void forgetsTheOldestWhenItIsFull() {
		IntStream.rangeClosed(1, 4).forEach((i) -> this.store.complete(this.store.claim("message-" + i)));
		assertThat(this.store.claim("message-1").state()).isEqualTo(Claim.State.NEW);
		assertThat(this.store.claim("message-2").state()).isEqualTo(Claim.State.DONE);
	}

	@Test
	void keepsAClaimWhenTheTimeOfDayJumps() {
		this.clock.advance(Duration.ofHours(3));
		this.store.claim("a");
		this.clock.reset();
		assertThat(this.store.claim("a")).isEqualTo(Claim.inProgress("a", EXPIRY.lease()));
	}

	@Test
	void refusesToRememberNothing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new InMemoryIdempotencyStore(EXPIRY, 0, this.clock.timekeeper()))
			.withMessageContaining("at least 1 entry, not 0");
	}

}
