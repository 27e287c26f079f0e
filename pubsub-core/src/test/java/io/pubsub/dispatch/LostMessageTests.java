package io.pubsub.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.pubsub.Outcome;
import io.pubsub.schema.Envelope;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.TrackedDelivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what becomes of a message that is lost while it is handled.
 */
class LostMessageTests {

	@RegisterExtension
	private final DispatchFixture fixture = new DispatchFixture();

	@Test
	void whenTheMessageIsLostInterruptsTheHandlerAndSettlesNothing() {
		TrackedDelivery delivery = this.fixture.settler().delivery(DispatchFixture.greeting("hello"), 1);
		this.fixture.handle((greeting, context) -> {
			assertThat(context.isLost()).isFalse();
			delivery.lose();
			assertThat(context.isLost()).isTrue();
			new CountDownLatch(1).await();
			return Outcome.succeeded();
		});
		this.fixture.dispatcher().receive(delivery);
		assertThat(this.fixture.outcome().kind()).isEqualTo(Outcome.Kind.FAILED);
		assertThat(this.fixture.outcome().reason()).isEqualTo("lost");
		assertThat(this.fixture.settler().settlements()).isEmpty();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void whenTheMessageIsLostBeforeItsHandlerIsCalledDoesNotCallIt() {
		TrackedDelivery delivery = this.fixture.settler().delivery(DispatchFixture.greeting("hello"), 1);
		List<String> calls = new ArrayList<>();
		this.fixture.configure((builder) -> builder.interceptors(List.of(interceptor("interceptor", calls))));
		this.fixture.handle((greeting, context) -> {
			calls.add("handler");
			return Outcome.succeeded();
		});
		this.fixture.dispatcher((message) -> {
			delivery.lose();
			return Envelope.codec(this.fixture.mapper()).open(message);
		}).receive(delivery);
		assertThat(calls).isEmpty();
		assertThat(this.fixture.outcome().reason()).isEqualTo("lost");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void whenTheHoldEndsBeforeItsHandlerIsCalledDoesNotCallIt() {
		List<String> calls = new ArrayList<>();
		this.fixture.configure((builder) -> builder.interceptors(List.of((invocation) -> {
			this.fixture.settler().endHold();
			return invocation.proceed();
		})));
		this.fixture.handle((greeting, context) -> {
			calls.add("handler");
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(calls).isEmpty();
		assertThat(this.fixture.outcome().reason()).isEqualTo("lost");
		assertThat(this.fixture.settler().settlements()).isEmpty();
	}

	@Test
	void whenTheHoldEndsWhileTheHandlerWorksTellsThatTheMessageIsLost() {
		this.fixture.handle((greeting, context) -> {
			this.fixture.settler().endHold();
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(this.fixture.outcome().kind()).isEqualTo(Outcome.Kind.FAILED);
		assertThat(this.fixture.outcome().reason()).isEqualTo("lost");
		assertThat(this.fixture.settler().settlements()).isEmpty();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void makesNoDeadLetterOfAMessageThatIsLost() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.fixture.configure((builder) -> builder.maxAttempts(1).deadLetters(new DeadLetters(destination, "dead")));
		TrackedDelivery delivery = this.fixture.settler().delivery(DispatchFixture.greeting("hello"), 1);
		this.fixture.handle((greeting, context) -> {
			delivery.lose();
			return Outcome.succeeded();
		});
		this.fixture.dispatcher().receive(delivery);
		assertThat(destination.published()).isEmpty();
	}

	private static DispatchInterceptor interceptor(String name, List<String> calls) {
		return (invocation) -> {
			calls.add(name);
			return invocation.proceed();
		};
	}

}
