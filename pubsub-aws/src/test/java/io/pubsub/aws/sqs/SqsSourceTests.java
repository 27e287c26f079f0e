package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SqsSource}.
 */
class SqsSourceTests {

	private static final Receiver NOBODY = (delivery) -> {
	};

	private final FakeSqs sqs = new FakeSqs();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(SqsSource.class.getPackageName());

	@BeforeEach
	void startLog() {
		this.log.start();
		this.logger.setLevel(Level.INFO);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopLog() {
		this.logger.detachAppender(this.log);
		this.logger.setLevel(null);
	}

	@Test
	void whenTheQueueIsAUrlReceivesFromIt() {
		assertThat(receivedFrom(FakeSqs.URL)).isEqualTo(FakeSqs.URL);
	}

	@Test
	void whenTheQueueIsANameFindsItsUrl() {
		assertThat(receivedFrom("orders")).isEqualTo(FakeSqs.URL);
	}

	@Test
	void whenTheQueueIsAnArnFindsItsUrl() {
		assertThat(receivedFrom("arn:aws:sqs:eu-west-1:123456789012:orders")).isEqualTo(FakeSqs.URL);
	}

	@Test
	void whenTheQueueDoesNotExistFails() {
		this.sqs.failToStart(QueueDoesNotExistException.builder().message("no such queue").build());
		assertThatExceptionOfType(QueueNotFoundException.class).isThrownBy(() -> source("orders").start(NOBODY))
			.withMessageContaining("\"orders\"")
			.satisfies((ex) -> assertThat(ex.operation()).isEqualTo("GetQueueUrl"));
	}

	@Test
	void whenAccessIsDeniedFails() {
		this.sqs.failToStart(SqsException.builder()
			.statusCode(400)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
			.build());
		assertThatExceptionOfType(QueueAccessDeniedException.class).isThrownBy(() -> source(FakeSqs.URL).start(NOBODY))
			.withMessageContaining("allow sqs:GetQueueAttributes in the IAM policy")
			.satisfies((ex) -> assertThat(ex.action()).isEqualTo("sqs:GetQueueAttributes"));
	}

	@Test
	void whenThereAreNoCredentialsFails() {
		this.sqs.failToStart(SdkClientException.create("Unable to load credentials from any of the providers"));
		assertThatExceptionOfType(MissingCredentialsException.class).isThrownBy(() -> source("orders").start(NOBODY))
			.withMessageStartingWith("there are no AWS credentials to use the queue \"orders\" with (GetQueueUrl)");
	}

	@Test
	void whenTheEndpointCannotBeReachedStartsAndTriesAgain() {
		this.sqs.failToStart(SdkClientException.create("connection refused"));
		assertThat(receivedFrom("orders")).isEqualTo(FakeSqs.URL);
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.anyMatch((line) -> line.startsWith("Not yet receiving from queue orders"))
			.noneMatch((line) -> line.startsWith("Receiving from"));
	}

	@Test
	void whenTheQueueHidesNothingHidesWhatIsReceivedAndSaysSo() {
		this.sqs.visibilityTimeout = "0";
		source(FakeSqs.URL).start(NOBODY);
		assertThat(this.sqs.receives.get(0).visibilityTimeout()).isEqualTo(30);
		assertThat(this.log.list).filteredOn((event) -> event.getLevel() == Level.WARN)
			.singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage())
				.startsWith("Queue " + FakeSqs.URL + " hides what was received for 0 s only")
				.endsWith("or that of its consumer, to 30 s or more"));
	}

	@Test
	void sendsTheVisibilityTimeoutOfTheQueue() {
		this.sqs.visibilityTimeout = "45";
		source(FakeSqs.URL).start(NOBODY);
		assertThat(this.sqs.receives.get(0).visibilityTimeout()).isEqualTo(45);
	}

	@Test
	void sendsTheConfiguredVisibilityTimeout() {
		Subscription subscription = new SqsSource(this.sqs,
				SqsSourceOptions.builder(FakeSqs.URL).visibilityTimeout(Duration.ofSeconds(90)).build())
			.start(NOBODY);
		subscription.stop(Duration.ZERO);
		assertThat(this.sqs.receives.get(0).visibilityTimeout()).isEqualTo(90);
	}

	@Test
	void triesAgainByTheTimeThatItIsGiven() {
		TestClock clock = new TestClock();
		new SqsSource(this.sqs, SqsSourceOptions.forQueue(FakeSqs.URL), clock.timekeeper()).start(NOBODY);
		this.sqs.failReceive(SdkClientException.create("no route"));
		assertThat(this.sqs.receives).hasSize(1);
		clock.advance(Duration.ofMinutes(1));
		assertThat(this.sqs.receives).hasSizeGreaterThan(1);
	}

	@Test
	void whenStoppedLeavesTheTimeThatItIsGivenOpen() {
		Timekeeper time = new TestClock().timekeeper();
		int dependents = time.closed().getNumberOfDependents();
		new SqsSource(this.sqs, SqsSourceOptions.forQueue(FakeSqs.URL), time).start(NOBODY).stop(Duration.ZERO);
		assertThat(time.closed()).isNotDone();
		Awaitility.await().until(() -> time.closed().getNumberOfDependents() == dependents);
	}

	@Test
	void whenTheReceiverBlocksOnNothingDrainsAThousandMessagesInFewRequests() {
		AtomicInteger done = new AtomicInteger();
		SqsSource source = source(FakeSqs.URL);
		Subscription subscription = source.start((delivery) -> ack(delivery, done));
		while (done.get() < 1_000) {
			this.sqs.answerIfOpen(10);
		}
		subscription.stop(Duration.ofSeconds(1));
		assertThat(source.metrics().receives() + source.metrics().settlementCalls()).isLessThanOrEqualTo(225);
	}

	private static void ack(Delivery delivery, AtomicInteger done) {
		delivery.begin();
		delivery.ack();
		done.incrementAndGet();
	}

	private String receivedFrom(String queue) {
		Subscription subscription = source(queue).start(NOBODY);
		Awaitility.await().until(() -> !this.sqs.openLimits().isEmpty());
		subscription.stop(Duration.ZERO);
		return this.sqs.receives.get(0).queueUrl();
	}

	private SqsSource source(String queue) {
		return new SqsSource(this.sqs, SqsSourceOptions.forQueue(queue));
	}

}
