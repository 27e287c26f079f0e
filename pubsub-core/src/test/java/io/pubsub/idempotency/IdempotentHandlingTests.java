package io.pubsub.idempotency;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.SkipMessageException;
import io.pubsub.dispatch.DispatchInterceptor.Invocation;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlingInterruptedException;
import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.PublishTransactions;
import io.pubsub.time.Timekeeper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link IdempotentHandling}.
 */
class IdempotentHandlingTests {

	private static final MessageContext CONTEXT = new MessageContext("m-1", new MediaType("text/a"), 1, null, null,
			OpaqueData.none(), Map.of());

	private static final RuntimeException UNREACHABLE = new IllegalStateException("unreachable");

	private final AtomicInteger calls = new AtomicInteger();

	private final InMemoryIdempotencyStore store = new InMemoryIdempotencyStore(
			new Expiry(Duration.ofMinutes(5), Duration.ofDays(4)), 100, Timekeeper.system("test-timer"));

	private final IdempotentHandling handling = handling(IdempotencyKeys.standard());

	@Test
	void handlesAMessageOnce() throws Exception {
		assertThat(handle(Outcome::succeeded)).isEqualTo(Outcome.succeeded());
		assertThat(handle(Outcome::succeeded)).isEqualTo(Outcome.skipped("duplicate"));
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void claimsNothingForAMessageThatIsLost() throws Exception {
		MessageContext lost = new MessageContext("m-1", new MediaType("text/a"), 1, null, null, OpaqueData.none(),
				Map.of(), null, null, () -> true);
		assertThat(this.handling.intercept(invocation(lost, Outcome::succeeded)).cause())
			.isInstanceOf(HandlingInterruptedException.class);
		assertThat(this.store.claim("m-1").state()).isEqualTo(Claim.State.NEW);
	}

	@Test
	void asksForAnotherDeliveryWhenTheClaimOfSomebodyElseIsOver() throws Exception {
		this.store.claim("m-1");
		Outcome outcome = handle(Outcome::succeeded);
		assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RETRIED);
		assertThat(outcome.tried()).isFalse();
		assertThat(outcome.reason()).isEqualTo("in-progress");
		assertThat(outcome.retryAfter()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
		assertThat(this.calls).hasValue(0);
	}

	@Test
	void showsThatItIsInProgressWhileTheHandlerWorks() throws Exception {
		handle(() -> {
			assertThat(this.store.claim("m-1").state()).isEqualTo(Claim.State.IN_PROGRESS);
			return Outcome.succeeded();
		});
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void handlesAgainWhatHasFailed() throws Exception {
		assertThatIllegalStateException().isThrownBy(() -> handle(() -> {
			throw new IllegalStateException("broken");
		}));
		assertThat(handle(Outcome::succeeded)).isEqualTo(Outcome.succeeded());
	}

	@Test
	void handlesAgainWhatAskedForAnotherDelivery() throws Exception {
		handle(() -> Outcome.retry(null, "later"));
		assertThat(handle(Outcome::succeeded)).isEqualTo(Outcome.succeeded());
	}

	@Test
	void doesNotHandleAgainWhatWasSkipped() throws Exception {
		handle(() -> Outcome.skipped("nothing to do"));
		assertThat(handle(Outcome::succeeded)).isEqualTo(Outcome.skipped("duplicate"));
	}

	@Test
	void doesNotHandleAgainWhatWasSkippedByThrowing() throws Exception {
		assertThatExceptionOfType(SkipMessageException.class).isThrownBy(() -> handle(() -> {
			throw new SkipMessageException("nothing to do");
		}));
		assertThat(handle(Outcome::succeeded)).isEqualTo(Outcome.skipped("duplicate"));
	}

	@Test
	void keepsAnInterruptWhenItGivesTheClaimBack() throws Exception {
		assertThatIllegalStateException().isThrownBy(() -> handle(() -> {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted");
		}));
		assertThat(Thread.interrupted()).isTrue();
		assertThat(handle(Outcome::succeeded)).isEqualTo(Outcome.succeeded());
	}

	@Test
	void keepsTheFailureOfTheHandlerIfTheClaimCannotBeGivenBack() {
		IdempotentHandling handling = new IdempotentHandling(new UnreachableStore(), IdempotencyKeys.standard(),
				new PublishScopes(PublishTransactions.none()));
		assertThatIllegalStateException().isThrownBy(() -> handling.intercept(invocation(CONTEXT, () -> {
			throw new IllegalStateException("broken");
		}))).withMessage("broken").satisfies((ex) -> assertThat(ex).hasSuppressedException(UNREACHABLE));
	}

	@Test
	void handlesWhatHasNoKeyWheneverItComes() throws Exception {
		IdempotentHandling handling = handling((content, context) -> null);
		handling.intercept(invocation(CONTEXT, counted(Outcome::succeeded)));
		handling.intercept(invocation(CONTEXT, counted(Outcome::succeeded)));
		assertThat(this.calls).hasValue(2);
	}

	private Outcome handle(Callable<Outcome> handler) throws Exception {
		return this.handling.intercept(invocation(CONTEXT, counted(handler)));
	}

	private Callable<Outcome> counted(Callable<Outcome> handler) {
		return () -> {
			this.calls.incrementAndGet();
			return handler.call();
		};
	}

	private static Invocation invocation(MessageContext context, Callable<Outcome> next) {
		Handler handler = new Handler("a", context.mediaType(), String.class,
				(content, ignored) -> Outcome.succeeded());
		return Invocation.of("content", context, handler, next);
	}

	private IdempotentHandling handling(IdempotencyKeys keys) {
		return new IdempotentHandling(this.store, keys, new PublishScopes(PublishTransactions.none()));
	}

	private static final class UnreachableStore implements IdempotencyStore {

		@Override
		public Claim claim(String key) {
			return Claim.granted(key);
		}

		@Override
		public void complete(Claim claim) {
			throw UNREACHABLE;
		}

		@Override
		public void release(Claim claim) {
			throw UNREACHABLE;
		}

	}

}
