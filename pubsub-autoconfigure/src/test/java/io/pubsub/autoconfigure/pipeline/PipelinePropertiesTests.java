package io.pubsub.autoconfigure.pipeline;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.pubsub.RejectMessageException;
import io.pubsub.autoconfigure.DeadLettersFactory;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.Rate;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.pipeline.Mapper;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the properties of one pipeline do to it, and not to the one beside it.
 */
class PipelinePropertiesTests {

	private static final String GOOD = """
			{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "hello"}""";

	private static final String OTHER = """
			{"mediaType": "application/vnd.example.pubsub._.created.other", "text": "hello"}""";

	private final TestClock clock = new TestClock();

	private final Map<String, InMemoryQueue> queues = Map.of("one", new InMemoryQueue(this.clock), "two",
			new InMemoryQueue(this.clock));

	private final InMemoryDestination letters = new InMemoryDestination();

	private final List<DispatchResult> results = new CopyOnWriteArrayList<>();

	private final Map<String, Thread> begun = new ConcurrentHashMap<>();

	private final CountDownLatch gate = new CountDownLatch(1);

	private Mapper<String, String> work = (text) -> text;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
				PubSubPipelineAutoConfiguration.class))
		.withBean(SourceFactory.class, () -> new Queues(this.queues))
		.withBean(DeadLettersFactory.class, () -> (place, source) -> new DeadLetters(this.letters, place))
		.withBean(OutcomeListener.class, () -> new Results(this.results))
		.withBean("first", Pipeline.class, () -> pipeline("first"))
		.withBean("second", Pipeline.class, () -> pipeline("second"))
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.drain=1h",
				"pubsub.pipelines.first.source=one", "pubsub.pipelines.second.source=two");

	@Test
	void drainEndsTheWaitForWhatIsAtWork() {
		this.work = this::held;
		send("one", GOOD);
		this.contextRunner.withPropertyValues("pubsub.pipelines.first.drain=100ms").run((context) -> {
			awaitBegun("first");
			CompletableFuture<Void> stop = CompletableFuture.runAsync(daemon(context, "first")::stop);
			assertThat(stop).succeedsWithin(Duration.ofSeconds(20));
			assertThat(kinds("first")).containsExactly("RETRIED");
			assertThat(this.queues.get("one").size()).isOne();
		});
	}

	@Test
	void drainLetsWhatIsAtWorkEnd() {
		this.work = this::held;
		send("one", GOOD);
		this.contextRunner.withPropertyValues("pubsub.consumer.drain=0s", "pubsub.pipelines.first.drain=1h")
			.run((context) -> {
				awaitBegun("first");
				ConsumerDaemon daemon = daemon(context, "first");
				CompletableFuture<Void> stop = CompletableFuture.runAsync(daemon::stop);
				Awaitility.await().until(() -> !daemon.isRunning());
				this.gate.countDown();
				assertThat(stop).succeedsWithin(Duration.ofSeconds(20));
				assertThat(kinds("first")).containsExactly("SUCCEEDED");
			});
	}

	@Test
	void unhandledHandsBackWhatIsForOthers() {
		send("one", OTHER);
		send("two", OTHER);
		this.contextRunner.withPropertyValues("pubsub.pipelines.first.unhandled=nack").run((context) -> {
			awaitKinds("first", "IGNORED");
			awaitKinds("second", "IGNORED");
			assertThat(this.queues.get("one").size()).isOne();
			assertThat(this.queues.get("two").size()).isZero();
		});
	}

	@Test
	void unhandledMakesDeadLettersOfWhatIsForOthers() {
		send("one", OTHER);
		send("two", OTHER);
		this.contextRunner
			.withPropertyValues("pubsub.pipelines.first.unhandled=dead-letter",
					"pubsub.pipelines.first.dead-letter.destination=own")
			.run((context) -> {
				awaitKinds("second", "IGNORED");
				awaitLetters("own");
			});
	}

	@Test
	void deadLettersHaveAPlaceOfTheirOwn() {
		send("one", "{}");
		send("two", "{}");
		this.contextRunner
			.withPropertyValues("pubsub.dead-letter.destination=general",
					"pubsub.pipelines.first.dead-letter.destination=own")
			.run((context) -> awaitLetters("own", "general"));
	}

	@Test
	void tooManyDeadLettersInARowHaltOneAlone() {
		this.work = PipelinePropertiesTests::reject;
		this.queues.keySet().forEach((queue) -> send(queue, GOOD, GOOD, GOOD));
		this.contextRunner
			.withPropertyValues("pubsub.dead-letter.destination=general",
					"pubsub.pipelines.first.dead-letter.max-consecutive=1")
			.run((context) -> {
				ConsumerDaemon first = daemon(context, "first");
				Awaitility.await().untilAsserted(() -> assertThat(first.haltReason()).isNotNull());
				awaitLetters("general", "general", "general", "general");
				assertThat(first.state()).isEqualTo(Subscription.State.PAUSED);
				assertThat(daemon(context, "second").haltReason()).isNull();
				assertThat(this.queues.get("one").size()).isEqualTo(2);
			});
	}

	@Test
	void tooLargeAPartOfDeadLettersHaltsOneAlone() {
		this.work = PipelinePropertiesTests::reject;
		String[] messages = Collections.nCopies(101, GOOD).toArray(String[]::new);
		this.queues.keySet().forEach((queue) -> send(queue, messages));
		this.contextRunner
			.withPropertyValues("pubsub.dead-letter.destination=general",
					"pubsub.pipelines.second.dead-letter.max-invalid-ratio=1",
					"pubsub.pipelines.first.dead-letter.max-invalid-ratio=0.5")
			.run((context) -> {
				ConsumerDaemon first = daemon(context, "first");
				Awaitility.await().untilAsserted(() -> assertThat(first.haltReason()).contains("100 of the last 100"));
				Awaitility.await().untilAsserted(() -> assertThat(this.queues.get("two").size()).isZero());
				assertThat(daemon(context, "second").haltReason()).isNull();
			});
	}

	@Test
	void maxAttemptsEndsTheTriesOfOneAlone() {
		this.work = PipelinePropertiesTests::fail;
		send("one", GOOD);
		send("two", GOOD);
		this.contextRunner
			.withPropertyValues("pubsub.dead-letter.destination=general", "pubsub.pipelines.first.max-attempts=1")
			.run((context) -> {
				awaitLetters("general");
				awaitKinds("second", "FAILED");
				assertThat(this.queues.get("one").size()).isZero();
				assertThat(this.queues.get("two").size()).isOne();
			});
	}

	@Test
	void backoffSaysWhenAMessageOfOneComesAgain() {
		this.work = PipelinePropertiesTests::fail;
		send("one", GOOD);
		send("two", GOOD);
		this.contextRunner
			.withPropertyValues("pubsub.consumer.backoff.policy=fixed", "pubsub.consumer.backoff.base=1h",
					"pubsub.pipelines.first.backoff.base=1s")
			.run((context) -> {
				awaitKinds("first", "FAILED");
				awaitKinds("second", "FAILED");
				this.clock.advance(Duration.ofSeconds(1));
				awaitKinds("first", "FAILED", "FAILED");
				assertThat(kinds("second")).containsExactly("FAILED");
			});
	}

	@Test
	void maxRateLimitsOneAlone() {
		send("one", GOOD, GOOD);
		send("two", GOOD, GOOD);
		this.contextRunner.withBean(Timekeeper.class, this.clock::timekeeper)
			.withPropertyValues("pubsub.pipelines.first.max-rate=1/h")
			.run((context) -> {
				assertThat(daemon(context, "first").maxRate()).isEqualTo(new Rate(1, ChronoUnit.HOURS));
				assertThat(daemon(context, "second").maxRate()).isNull();
				awaitKinds("second", "SUCCEEDED", "SUCCEEDED");
				awaitKinds("first", "SUCCEEDED");
				this.clock.advance(Duration.ofHours(1));
				awaitKinds("first", "SUCCEEDED", "SUCCEEDED");
			});
	}

	@Test
	void envelopeOpensTheMessagesOfOneAlone() {
		send("one", GOOD);
		send("two", GOOD);
		this.contextRunner
			.withPropertyValues("pubsub.pipelines.first.envelope=raw", "pubsub.pipelines.first.unhandled=nack")
			.run((context) -> {
				awaitKinds("first", "IGNORED");
				awaitKinds("second", "SUCCEEDED");
			});
	}

	@Test
	void trustedTopicsHoldForAPipelineWithAnEnvelopeOfItsOwn() {
		send("one", GOOD);
		this.contextRunner.withBean("raw", Pipeline.class, () -> Pipeline.named("raw").fromMessages().to((message) -> {
		}))
			.withPropertyValues("pubsub.consumer.trusted-topics=arn:aws:sns:eu-central-1:123456789012:orders-*",
					"pubsub.pipelines.first.enabled=false", "pubsub.pipelines.raw.source=one")
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(this.results).extracting((result) -> result.outcome().reason())
					.containsExactly("untrusted")));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsDoTheWorkWhereTheApplicationWantsThem() {
		send("one", GOOD);
		this.work = (text) -> {
			this.begun.put("first", Thread.currentThread());
			return text;
		};
		this.contextRunner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			awaitKinds("first", "SUCCEEDED");
			assertThat(this.begun.get("first")).asString().startsWith("VirtualThread[").contains("pubsub-first-");
		});
	}

	private void send(String queue, String... messages) {
		List.of(messages).forEach(this.queues.get(queue)::send);
	}

	private String held(String text) throws InterruptedException {
		this.begun.put("first", Thread.currentThread());
		this.gate.await();
		return text;
	}

	private static String fail(String text) {
		throw new IllegalStateException("expected");
	}

	private static String reject(String text) {
		throw new RejectMessageException("expected");
	}

	private void awaitBegun(String pipeline) {
		Awaitility.await().until(() -> this.begun.containsKey(pipeline));
	}

	private void awaitKinds(String pipeline, String... kinds) {
		Awaitility.await().untilAsserted(() -> assertThat(kinds(pipeline)).containsExactly(kinds));
	}

	private List<String> kinds(String pipeline) {
		return this.results.stream()
			.filter((result) -> result.receiver().equals(pipeline))
			.map((result) -> result.outcome().kind().name())
			.toList();
	}

	private void awaitLetters(String... places) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.letters.published()).extracting(OutboundMessage::address)
				.containsExactlyInAnyOrder(places));
	}

	private static ConsumerDaemon daemon(ApplicationContext context, String pipeline) {
		return context.getBean(Pipelines.class).get(pipeline).managed().daemon();
	}

	private Pipeline pipeline(String name) {
		return Pipeline.named(name)
			.from(ScannedMessage.class)
			.map(ScannedMessage::text)
			.mapConcurrently(1, this.work)
			.to((text) -> {
			});
	}

	record Queues(Map<String, InMemoryQueue> queues) implements SourceFactory {

		@Override
		public boolean supports(String address) {
			return this.queues.containsKey(address);
		}

		@Override
		public Source create(SourceSettings settings) {
			return this.queues.get(settings.address()).source(settings.concurrency(), settings.backoff());
		}

	}

	record Results(List<DispatchResult> all) implements OutcomeListener {

		@Override
		public void onOutcome(DispatchResult result) {
			this.all.add(result);
		}

	}

}
