package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.IdempotencyKey;
import io.pubsub.MessageSchema;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.Outcome.Kind;
import io.pubsub.idempotency.Claim;
import io.pubsub.idempotency.ClaimLostException;
import io.pubsub.idempotency.Expiry;
import io.pubsub.idempotency.IdempotencyKeys;
import io.pubsub.idempotency.IdempotencyStore;
import io.pubsub.idempotency.InMemoryIdempotencyStore;
import io.pubsub.pipeline.Action;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.around.IdempotentOrigins;
import io.pubsub.test.PipelineTester;
import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IdempotentOrigins}.
 */
class IdempotentOriginsTests {

	private static final Duration LEASE = Duration.ofMinutes(4);

	private static final String KEY = "9e5f4d4a";

	private static final IdempotencyKeys KEYS = (content, context) -> ((Order) content).id();

	private final TestClock clock = new TestClock();

	private final Timekeeper time = this.clock.timekeeper();

	private final IdempotencyStore store = new InMemoryIdempotencyStore(new Expiry(LEASE, Duration.ofDays(1)), 100,
			this.time);

	private final List<String> done = new CopyOnWriteArrayList<>();

	private Action<List<Order>> action = (batch) -> batch.forEach((order) -> this.done.add(order.id()));

	private final PipelineTester tester = PipelineTester.of((producer) -> pipeline(),
			(builder) -> builder.interceptors(List.of(interceptor(this.store))));

	@AfterEach
	void stop() {
		this.tester.close();
	}

	@Test
	void letsAMessagePassOnce() {
		sendAndFlush(KEY);
		sendAndFlush(KEY);
		assertThat(this.done).containsExactly(KEY);
		assertThat(this.tester.outcomes().outcomes()).containsExactly(Outcome.succeeded(),
				Outcome.skipped("duplicate"));
		assertThat(this.tester.queue().size()).isZero();
	}

	@Test
	void handsBackWhatSomebodyElseHasUntilThatMustHaveEnded() {
		this.store.claim(KEY);
		sendAndFlush(KEY);
		assertThat(this.done).isEmpty();
		assertThat(this.tester.outcomes().outcomes()).containsExactly(Outcome.untried(LEASE, "in-progress"));
	}

	@Test
	void holdsTheClaimWhileAnElementWaitsInABatch() {
		this.tester.send(new Order(KEY));
		assertThat(this.store.claim(KEY).state()).isEqualTo(Claim.State.IN_PROGRESS);
	}

	@Test
	void renewsTheClaimForAsLongAsTheMessageIsInWork() {
		this.tester.send(new Order(KEY));
		passTime(LEASE);
		passTime(LEASE);
		assertThat(this.store.claim(KEY).state()).isEqualTo(Claim.State.IN_PROGRESS);
		this.tester.flush();
		assertThat(this.tester.outcomes()).hasKinds(Kind.SUCCEEDED);
	}

	@Test
	void renewsNothingThatHasEnded() {
		sendAndFlush(KEY);
		passTime(LEASE.multipliedBy(2));
		assertThat(this.store.claim(KEY).state()).isEqualTo(Claim.State.DONE);
	}

	@Test
	void givesTheClaimBackWithTheMessage() {
		this.action = (batch) -> {
			throw new NackException(Duration.ofHours(1), "later");
		};
		sendAndFlush(KEY);
		assertThat(this.tester.outcomes()).hasKinds(Kind.RETRIED);
		assertThat(this.store.claim(KEY).state()).isEqualTo(Claim.State.NEW);
	}

	@Test
	void failsAMessageWhoseClaimIsLost() {
		this.tester.send(new Order(KEY));
		this.clock.skip(LEASE);
		assertThat(this.store.claim(KEY).state()).isEqualTo(Claim.State.NEW);
		this.tester.flush();
		assertThat(this.tester.outcomes()).hasKinds(Kind.FAILED);
		assertThat(this.tester.outcomes().outcomes().get(0).cause()).isInstanceOf(ClaimLostException.class);
		assertThat(this.tester.queue().size()).isOne();
	}

	@Test
	void claimsAnewWhatFailedToBeCompleted() throws Exception {
		IdempotencyStore broken = new BrokenStore(this.store);
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> broken.settle(broken.claim(KEY), Outcome.succeeded()));
		try (PipelineTester other = PipelineTester.of((producer) -> pipeline(),
				(builder) -> builder.interceptors(List.of(interceptor(broken))))) {
			other.send(new Order("other"));
			other.flush();
			assertThat(other.outcomes()).hasKinds(Kind.FAILED);
			assertThat(this.store.claim("other").state()).isEqualTo(Claim.State.NEW);
		}
	}

	private void sendAndFlush(String id) {
		this.tester.send(new Order(id));
		this.tester.flush();
	}

	// Step by step, as real time passes; the store is of the clock of this test.
	private void passTime(Duration duration) {
		Duration step = duration.dividedBy(8);
		List.of(1, 2, 3, 4, 5, 6, 7, 8).forEach((i) -> this.clock.advance(step));
	}

	private IdempotentOrigins interceptor(IdempotencyStore store) {
		return new IdempotentOrigins(store, (pipeline) -> KEYS, LEASE, this.time, Runnable::run);
	}

	private Pipeline pipeline() {
		return Pipeline.named("orders")
			.from(Order.class)
			.batch(100, Duration.ofDays(1))
			.to((batch) -> this.action.accept(List.copyOf(batch)));
	}

	@MessageSchema(mediaType = "application/vnd.test.order")
	record Order(@IdempotencyKey String id) {

	}

	/**
	 * Fails to complete.
	 *
	 * @param store the store behind it
	 */
	private record BrokenStore(IdempotencyStore store) implements IdempotencyStore {

		@Override
		public Claim claim(String key) {
			return this.store.claim(key);
		}

		@Override
		public void complete(Claim claim) {
			throw new IllegalStateException("the store is down");
		}

		@Override
		public void release(Claim claim) {
			this.store.release(claim);
		}

	}

}
