package io.pubsub.autoconfigure.test;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.Outcome.Kind;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.publish.SnsProducer;
import io.pubsub.test.PubSubTester;
import io.pubsub.time.Timekeeper;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubTest}.
 */
@PubSubTest(classes = PubSubTestTests.Application.class,
		properties = { "pubsub.organization=example", "pubsub.dead-letter.destination=graveyard" })
@TestMethodOrder(MethodOrderer.MethodName.class)
@Execution(ExecutionMode.SAME_THREAD)
class PubSubTestTests {

	@Autowired
	private PubSubTester tester;

	@Autowired
	private Clock clock;

	@Autowired
	private Timekeeper time;

	@Autowired
	private ConfigurableApplicationContext context;

	@Test
	void handlesOnTheThreadOfTheTest() {
		assertThat(this.tester.send(new ScannedMessage(Thread.currentThread().getName()))).isSucceeded();
	}

	@Test
	void keepsWhatIsPublished() {
		this.tester.send(new ScannedMessage(Thread.currentThread().getName()));
		assertThat(this.tester.published()).singleElement().hasMediaType("text/echo").hasAddress("pubsub-test");
	}

	@Test
	void loopsBackWhatIsPublished() {
		this.tester.loopBack("text/echo");
		this.tester.send(new ScannedMessage(Thread.currentThread().getName()));
		assertThat(this.tester.outcomes()).hasKinds(Kind.SUCCEEDED, Kind.SUCCEEDED);
	}

	@Test
	void deliversAgainWhenTheClockIsMoved() {
		assertThat(this.tester.send(new ScannedMessage("from another thread"))).isFailed();
		assertThat(this.tester.outcomes()).hasKinds(Kind.FAILED);
		this.tester.advance(Duration.ofSeconds(1));
		assertThat(this.tester.outcomes()).hasKinds(Kind.FAILED, Kind.FAILED);
	}

	@Test
	void keepsDeadLetters() {
		this.tester.sendBody("no JSON");
		assertThat(this.tester.published()).singleElement()
			.hasAddress("graveyard")
			.hasAttribute(DeadLetters.REASON, "malformed");
		assertThat(this.tester.queue().size()).isZero();
	}

	@Test
	void hasTheTestClockAsItsOnlyClock() {
		assertThat(this.clock).isSameAs(this.tester.clock());
	}

	@Test
	void letsTheTasksOfTheApplicationWaitForTheClock() {
		List<String> done = new ArrayList<>();
		this.time.after(Duration.ofHours(1), () -> done.add("task"));
		this.tester.advance(Duration.ofMinutes(59));
		assertThat(done).isEmpty();
		this.tester.advance(Duration.ofMinutes(1));
		assertThat(done).containsExactly("task");
	}

	@Test
	void makesNoAwsClient() {
		assertThat(this.context.getBeanNamesForType(SdkClient.class))
			.noneMatch(this.context.getBeanFactory()::containsSingleton);
	}

	@RepeatedTest(2)
	void resetsBeforeEachTest() {
		assertThat(this.tester.outcomes()).isEmpty();
		assertThat(this.tester.published()).isEmpty();
		assertThat(this.tester.clock().instant()).isEqualTo("2026-01-01T00:00:00Z");
		this.tester.send(new ScannedMessage(Thread.currentThread().getName()));
		this.tester.send(new ScannedMessage("from another thread"));
		this.tester.advance(Duration.ofDays(1));
	}

	@EnableAutoConfiguration
	@Import(Echo.class)
	static class Application {

	}

	static class Echo {

		private final SnsProducer producer;

		Echo(SnsProducer producer) {
			this.producer = producer;
		}

		@Handles
		void on(ScannedMessage message) {
			if (!message.text().equals(Thread.currentThread().getName())) {
				throw new IllegalStateException("expected");
			}
			this.producer.produce(new MediaType("text/echo"), Map.of("text", message.text()));
		}

		@Handles(mediaTypes = "text/echo")
		void onEcho(Map<String, Object> echo) {
		}

	}

}
