package io.pubsub.autoconfigure.consume;

import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.pubsub.Handles;
import io.pubsub.autoconfigure.consume.ConsumerFixture.ScannedHandler;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.aws.sns.TrustedTopics;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.MissingDeadLettersException;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.messagemanager.sns.SnsMessageManager;

import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReceiverConfigurer}.
 */
class ReceiverConfigurerTests {

	private static final String EXPIRING = """
			{"mediaType": "application/vnd.example.pubsub._.created.scanned", "opaqueData": {"x-request-ttl": "1"},
			 "text": "hello"}""";

	private final ConsumerFixture fixture = new ConsumerFixture();

	@Test
	void countsTheTimeToLive() {
		this.fixture.queue.send(EXPIRING);
		this.fixture.withSource.withBean("scannedHandler", ScannedHandler.class)
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(this.fixture.outcomes.kinds()).containsExactly("EXPIRED")));
	}

	@Test
	void countsNoTimeToLiveWhenToldSo() {
		this.fixture.queue.send(EXPIRING);
		this.fixture.withSource.withBean("scannedHandler", ScannedHandler.class)
			.withPropertyValues("pubsub.ttl.enabled=false")
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(this.fixture.outcomes.kinds()).containsExactly("SUCCEEDED")));
	}

	@Test
	void handlesWhateverComesUnlessTopicsAreTrusted() {
		this.fixture.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(TrustedTopics.class));
	}

	@Test
	void handlesOnlyWhatATrustedTopicHasSigned() {
		this.fixture.queue.send(ConsumerFixture.GOOD);
		this.fixture.withSource.withBean("scannedHandler", ScannedHandler.class)
			.withPropertyValues("pubsub.consumer.trusted-topics=arn:aws:sns:eu-central-1:123456789012:orders-*")
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(this.fixture.outcomes.results)
					.extracting((result) -> result.outcome().reason())
					.containsExactly("untrusted")));
	}

	@Test
	void failsWhenATrustedTopicIsNone() {
		this.fixture.contextRunner.withPropertyValues("pubsub.consumer.trusted-topics=orders")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("not 'orders'"));
	}

	@Test
	void failsWhenWhatChecksSignaturesIsMissing() {
		this.fixture.contextRunner.withClassLoader(new FilteredClassLoader(SnsMessageManager.class))
			.withPropertyValues("pubsub.consumer.trusted-topics=arn:aws:sns:eu-central-1:123456789012:orders")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageEndingWith("add software.amazon.awssdk:sns-message-manager to the dependencies"));
	}

	@Test
	void startsTheTimeToLiveWhereToldTo() {
		this.fixture.queue.send(ConsumerFixture.GOOD);
		this.fixture.withSource.withBean("scannedHandler", ScannedHandler.class)
			.withPropertyValues("pubsub.ttl.initial=7")
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(this.fixture.outcomes.results).singleElement()
					.satisfies((result) -> assertThat(result.context().timeToLive()).isEqualTo(6))));
	}

	@Test
	void interruptsHandlersAfterTheMaximumHandlingTime() {
		this.fixture.queue.send(ConsumerFixture.GOOD);
		this.fixture.withSource.withBean(StuckHandler.class)
			.withPropertyValues("pubsub.consumer.max-handling-time=10ms")
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(this.fixture.outcomes.results).first()
					.satisfies((result) -> assertThat(result.outcome().reason()).isEqualTo("timeout"))));
	}

	@Test
	void haltsWhenThePartOfDeadLettersIsTooLarge() {
		IntStream.range(0, 101).forEach((i) -> this.fixture.queue.send("{}"));
		this.fixture.withSource.withBean(DeadLetters.class, () -> new DeadLetters(new InMemoryDestination(), "dead"))
			.withPropertyValues("pubsub.dead-letter.max-invalid-ratio=0.5")
			.run((context) -> {
				ConsumerDaemon daemon = context.getBean(ConsumerDaemon.class);
				Awaitility.await().untilAsserted(() -> assertThat(daemon.state()).isEqualTo(Subscription.State.PAUSED));
				assertThat(daemon.haltReason()).contains("100 of the last 100");
			});
	}

	@Test
	void refusesALimitOfDeadLettersWithoutDestination() {
		this.fixture.withSource.withPropertyValues("pubsub.dead-letter.max-consecutive=10")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingDeadLettersException.class));
	}

	@Test
	void refusesDeadLettersWithoutDestination() {
		this.fixture.withSource.withPropertyValues("pubsub.consumer.unhandled=dead-letter")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingDeadLettersException.class));
	}

	@Test
	void handsUnhandledMessagesBackWhenToldSo() {
		this.fixture.queue.send(ConsumerFixture.GOOD);
		this.fixture.withSource.withPropertyValues("pubsub.consumer.unhandled=nack").run((context) -> {
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.fixture.outcomes.kinds()).containsExactly("IGNORED"));
			assertThat(this.fixture.queue.size()).isEqualTo(1);
		});
	}

	@Test
	void acknowledgesUnhandledMessagesByDefault() {
		this.fixture.queue.send(ConsumerFixture.GOOD);
		this.fixture.withSource.run((context) -> {
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.fixture.outcomes.kinds()).containsExactly("IGNORED"));
			assertThat(this.fixture.queue.size()).isZero();
		});
	}

	static class StuckHandler {

		@Handles
		void on(ScannedMessage message) throws InterruptedException {
			new CountDownLatch(1).await();
		}

	}

}
