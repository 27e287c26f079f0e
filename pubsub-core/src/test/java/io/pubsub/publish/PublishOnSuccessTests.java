package io.pubsub.publish;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchInterceptor.Invocation;
import io.pubsub.dispatch.Handler;
import io.pubsub.publish.ProducerFixture.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PublishOnSuccess}.
 */
class PublishOnSuccessTests {

	private static final MessageContext CONTEXT = new MessageContext("m-1", new MediaType("a/b"), 1, null, null,
			OpaqueData.none(), Map.of());

	private final ProducerFixture fixture = new ProducerFixture();

	private final PublishScopes scopes = new PublishScopes(PublishTransactions.none());

	private final SnsProducer producer = this.fixture.producer(this.scopes);

	private final PublishOnSuccess interceptor = new PublishOnSuccess(this.scopes);

	@Test
	void publishesWhatTheHandlerDeferredWhenTheMessageHasSucceeded() throws Exception {
		Outcome outcome = intercept(CONTEXT, () -> {
			this.producer.deferred((publisher) -> publisher.produce(new Order("a")));
			assertThat(this.fixture.published()).isEmpty();
			return Outcome.succeeded();
		});
		assertThat(outcome).isEqualTo(Outcome.succeeded());
		assertThat(this.fixture.published()).containsExactly("a");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SUCCEEDED")
	void publishesNothingOnAnyOtherOutcome(Outcome.Kind kind) throws Exception {
		intercept(CONTEXT, () -> {
			defer("a");
			return new Outcome(kind, true, null, null, null);
		});
		assertThat(this.fixture.published()).isEmpty();
	}

	@Test
	void publishesNothingWhenTheHandlerThrowsLater() {
		assertThatIllegalStateException().isThrownBy(() -> intercept(CONTEXT, () -> {
			defer("a");
			throw new IllegalStateException("too late");
		}));
		assertThat(this.fixture.published()).isEmpty();
	}

	@Test
	void publishesAtOnceWhatIsNotDeferred() {
		assertThatIllegalStateException().isThrownBy(() -> intercept(CONTEXT, () -> {
			this.producer.produce(new Order("a"));
			throw new IllegalStateException("too late");
		}));
		assertThat(this.fixture.published()).containsExactly("a");
	}

	@Test
	void failsTheMessageWhenPublishingFails() {
		this.fixture.destination().breakAddress(ProducerFixture.ORDERS);
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> intercept(CONTEXT, () -> {
			defer("a");
			return Outcome.succeeded();
		}));
	}

	@Test
	void publishesNothingOfAnInterruptedHandler() {
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> intercept(CONTEXT, () -> {
			defer("a");
			Thread.currentThread().interrupt();
			return Outcome.succeeded();
		})).withMessageContaining("the handler was interrupted");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.fixture.published()).isEmpty();
	}

	@Test
	void publishesNothingOfAHandlerWhoseMessageIsLost() {
		AtomicBoolean lost = new AtomicBoolean();
		MessageContext context = new MessageContext("m-1", new MediaType("a/b"), 1, null, null, OpaqueData.none(),
				Map.of(), null, null, lost::get);
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> intercept(context, () -> {
			defer("a");
			defer("b");
			lost.set(true);
			return Outcome.succeeded();
		})).withMessageContaining("2 deferred messages were not published, because the message was lost");
		assertThat(this.fixture.published()).isEmpty();
		assertThat(this.interceptor.refused()).isEqualTo(2);
	}

	private Outcome intercept(MessageContext context, Callable<Outcome> handler) throws Exception {
		Handler orders = new Handler("orders", context.mediaType(), String.class,
				(content, ignored) -> Outcome.succeeded());
		return this.interceptor.intercept(Invocation.of("content", context, orders, handler));
	}

	private void defer(String sku) {
		try (PublishScope scope = this.scopes.open()) {
			this.producer.produce(new Order(sku));
			scope.commit();
		}
	}

}
