package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.pubsub.MessageSchema;
import io.pubsub.Outcome.Kind;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Action;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.around.OriginCircuits;
import io.pubsub.test.PipelineTester;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Subscription.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OriginCircuits}.
 */
class OriginCircuitsTests {

	private static final Duration OPEN = Duration.ofMinutes(1);

	private final TestClock clock = new TestClock();

	private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
		.minimumNumberOfCalls(2)
		.slidingWindowSize(2)
		.waitDurationInOpenState(OPEN)
		.permittedNumberOfCallsInHalfOpenState(1)
		.clock(this.clock)
		.build());

	private final OriginCircuits circuits = new OriginCircuits(this.registry, this::daemon, this.clock.timekeeper());

	private volatile Action<String> action = (word) -> {
		throw new IllegalStateException("the sink is down");
	};

	private final PipelineTester tester = PipelineTester.of((producer) -> pipeline(),
			(builder) -> builder.interceptors(List.of(this.circuits)));

	@AfterEach
	void stop() {
		this.tester.close();
	}

	@Test
	void countsMessagesAndNotTheirElements() {
		this.tester.send(new Sentence("to be or not to be"));
		assertThat(this.circuits.states()).isEqualTo(Map.of("words", "CLOSED"));
		assertThat(this.registry.circuitBreaker("words").getMetrics().getNumberOfFailedCalls()).isOne();
	}

	@Test
	void pausesTheDaemonOfAPipelineThatFailsTooOften() {
		failTwice();
		assertThat(this.circuits.states()).isEqualTo(Map.of("words", "OPEN"));
		assertThat(this.tester.daemon().state()).isEqualTo(State.PAUSED);
		this.tester.send(new Sentence("three"));
		assertThat(this.tester.outcomes()).hasKinds(Kind.FAILED, Kind.FAILED);
	}

	@Test
	void goesOnWhenAProbeSucceeds() {
		failTwice();
		this.action = (word) -> {
		};
		passTime();
		assertThat(this.circuits.states()).isEqualTo(Map.of("words", "CLOSED"));
		assertThat(this.tester.daemon().state()).isEqualTo(State.RECEIVING);
		assertThat(this.tester.queue().size()).isZero();
	}

	@Test
	void pausesAgainWhenAProbeFails() {
		failTwice();
		passTime();
		assertThat(this.tester.daemon().state()).isEqualTo(State.PAUSED);
		assertThat(this.tester.outcomes()).hasKinds(Kind.FAILED, Kind.FAILED, Kind.FAILED);
	}

	@Test
	void handsBackUntriedWhatComesWhileItIsOpen() {
		this.tester.send(new Sentence("one"));
		this.registry.circuitBreaker("words").transitionToForcedOpenState();
		this.tester.daemon().resume(this.circuits);
		this.tester.send(new Sentence("two"));
		assertThat(this.tester.outcomes()).hasKinds(Kind.FAILED, Kind.RETRIED);
		assertThat(this.tester.outcomes().outcomes().get(1).tried()).isFalse();
	}

	private void failTwice() {
		this.tester.send(new Sentence("one"));
		this.tester.send(new Sentence("two"));
	}

	// What was handed back comes again by the clock of the queue, then the circuit opens.
	private void passTime() {
		this.tester.advance(Duration.ofSeconds(1));
		this.clock.advance(OPEN.plusMillis(1));
		this.tester.await();
	}

	private @Nullable ConsumerDaemon daemon(String pipeline) {
		return this.tester.daemon();
	}

	private Pipeline pipeline() {
		return Pipeline.named("words")
			.from(Sentence.class)
			.flatMap((sentence) -> Stream.of(sentence.text().split(" ")))
			.to((word) -> this.action.accept(word));
	}

	@MessageSchema(mediaType = "application/vnd.test.sentence")
	record Sentence(String text) {

	}

}
