package io.pubsub.autoconfigure.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.pubsub.Handles;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubInputAutoConfiguration;
import io.pubsub.autoconfigure.internal.Actionable;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.OriginScope;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubPipelineAutoConfiguration}.
 */
class PubSubPipelineAutoConfigurationTests {

	private static final String GOOD = """
			{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "hello"}""";

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final List<Object> done = new CopyOnWriteArrayList<>();

	private final Queues queues = new Queues(this.queue);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubInputAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class, PubSubPipelineAutoConfiguration.class))
		.withBean(SourceFactory.class, () -> this.queues)
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.drain=1s");

	private final ApplicationContextRunner withWords = this.contextRunner.withBean("words", Pipeline.class,
			() -> pipeline("word-count"));

	private final ApplicationContextRunner withSource = this.withWords
		.withPropertyValues("pubsub.pipelines.word-count.source=sentences");

	@Test
	void runsAPipelineFromItsOwnSource() {
		this.queue.send(GOOD);
		this.withSource.run((context) -> Awaitility.await().untilAsserted(() -> assertThat(this.done).hasSize(1)));
	}

	@Test
	void runsTheOnlyPipelineFromTheSourceOfTheApplication() {
		this.queue.send(GOOD);
		this.withWords.withPropertyValues("pubsub.source=main").run((context) -> {
			Awaitility.await().untilAsserted(() -> assertThat(this.done).hasSize(1));
			assertThat(this.queues.settings).singleElement().extracting(SourceSettings::address).isEqualTo("main");
		});
	}

	@Test
	void runsTheOnlyPipelineFromASourceBean() {
		this.queue.send(GOOD);
		this.withWords.withBean(Source.class, this.queue::source).run((context) -> {
			Awaitility.await().untilAsserted(() -> assertThat(this.done).hasSize(1));
			assertThat(context.getBean(ConsumerDaemon.class).isRunning()).isFalse();
		});
	}

	@Test
	void hasAHundredMessagesInFlightAndFetchesNothingAhead() {
		this.withSource.run((context) -> {
			assertThat(settings().concurrency()).isEqualTo(100);
			assertThat(settings().maxPrefetch()).isZero();
			assertThat(managed(context).daemon().concurrency()).isEqualTo(100);
		});
	}

	@Test
	void takesItsOwnSettings() {
		this.withSource
			.withPropertyValues("pubsub.pipelines.word-count.max-in-flight=7",
					"pubsub.pipelines.word-count.poll-wait=3s", "pubsub.pipelines.word-count.visibility-timeout=90s",
					"pubsub.pipelines.word-count.heartbeat=false", "pubsub.pipelines.word-count.max-attempts=4",
					"pubsub.pipelines.word-count.ack.linger=10ms")
			.run((context) -> {
				assertThat(settings().concurrency()).isEqualTo(7);
				assertThat(settings().consumer().pollWait()).isEqualTo(Duration.ofSeconds(3));
				assertThat(settings().consumer().visibilityTimeout()).isEqualTo(Duration.ofSeconds(90));
				assertThat(settings().consumer().heartbeat()).isFalse();
				assertThat(settings().consumer().maxAttempts()).isEqualTo(4);
				assertThat(settings().consumer().ack().linger()).isEqualTo(Duration.ofMillis(10));
			});
	}

	@Test
	void takesTheSettingsOfAllConsumersForWhatItDoesNotSet() {
		this.withSource
			.withPropertyValues("pubsub.consumer.poll-wait=4s", "pubsub.consumer.backoff.policy=fixed",
					"pubsub.consumer.backoff.base=9s", "pubsub.pipelines.word-count.backoff.base=8s")
			.run((context) -> {
				assertThat(settings().consumer().pollWait()).isEqualTo(Duration.ofSeconds(4));
				assertThat(settings().backoff().delay(3)).isEqualTo(Duration.ofSeconds(8));
			});
	}

	@Test
	void startsWhenToldToOnly() {
		this.withSource.withPropertyValues("pubsub.pipelines.word-count.auto-startup=false").run((context) -> {
			assertThat(managed(context).daemon().isRunning()).isFalse();
			managed(context).daemon().start();
			assertThat(managed(context).daemon().isRunning()).isTrue();
			managed(context).daemon().stop();
		});
	}

	@Test
	void doesNotRunWhatIsDisabled() {
		this.withSource.withPropertyValues("pubsub.pipelines.word-count.enabled=false")
			.run((context) -> assertThat(context.getBean(Pipelines.class).all()).isEmpty());
	}

	@Test
	void runsBesideTheHandlers() {
		this.queue.send(GOOD);
		CountDownLatch handled = new CountDownLatch(1);
		InMemoryQueue other = new InMemoryQueue(new TestClock());
		other.send(GOOD);
		this.withSource.withBean(Source.class, other::source)
			.withBean("handler", ScannedHandler.class, () -> new ScannedHandler(handled))
			.run((context) -> {
				Awaitility.await().untilAsserted(() -> assertThat(this.done).hasSize(1));
				Awaitility.await().untilAsserted(() -> assertThat(handled.getCount()).isZero());
			});
	}

	@Test
	void insistsOnASourceOfItsOwnBesideHandlers() {
		this.withWords.withPropertyValues("pubsub.source=main")
			.withBean(Source.class, this.queue::source)
			.withBean("handler", ScannedHandler.class, () -> new ScannedHandler(new CountDownLatch(1)))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("'word-count'", "handler.on")
				.satisfies((failure) -> assertThat(((Actionable) failure).action())
					.contains("pubsub.pipelines.word-count.source")));
	}

	@Test
	void insistsOnASource() {
		this.withWords.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(NoPipelineSourceException.class)
			.hasMessageContaining("'word-count' has nothing to consume"));
	}

	@Test
	void refusesTwoDaemonsOnOneQueue() {
		this.withSource.withBean("letters", Pipeline.class, () -> pipeline("letters"))
			.withPropertyValues("pubsub.pipelines.letters.source=arn:aws:sqs:eu-west-1:123456789012:sentences")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("word-count and letters would consume the same",
						"pubsub.pipelines.word-count.source", "pubsub.pipelines.letters.source"));
	}

	@Test
	void refusesTwoPipelinesOfOneName() {
		this.withSource.withBean("again", Pipeline.class, () -> pipeline("word-count"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("two pipelines named 'word-count'"));
	}

	@Test
	void namesThePipelineThatWasMeant() {
		this.withSource.withPropertyValues("pubsub.pipelines.word-counts.source=other")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("pubsub.pipelines.word-counts is set, but there is no pipeline of that name."
						+ " Is it 'word-count'?")
				.satisfies((failure) -> assertThat(((Actionable) failure).action()).endsWith("are: word-count")));
	}

	@Test
	void namesThePropertyOfAWrongValue() {
		this.withSource.withPropertyValues("pubsub.pipelines.word-count.poll-wait=2500ms")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("pubsub.pipelines.word-count.poll-wait: pollWait must be whole seconds"));
	}

	@Test
	void namesThePropertyOfAValueOutOfItsRange() {
		this.withSource.withPropertyValues("pubsub.pipelines.word-count.max-attempts=0")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("word-count"));
	}

	@Test
	void refusesTheNameOfTheHandlers() {
		this.contextRunner.withBean("words", Pipeline.class, () -> pipeline("handlers"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("A pipeline is named 'handlers'"));
	}

	@Test
	void namesTheEnvelopeThatIsNotThere() {
		this.withSource.withPropertyValues("pubsub.pipelines.word-count.envelope=paper")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("pubsub.pipelines.word-count.envelope has 'paper'"));
	}

	@Test
	void putsInterceptorsAroundEachMessage() {
		List<String> begun = new CopyOnWriteArrayList<>();
		this.queue.send(GOOD);
		this.withSource.withBean(OriginInterceptor.class, () -> (pipeline, content, context) -> {
			begun.add(pipeline);
			return new OriginScope() {
			};
		}).run((context) -> Awaitility.await().untilAsserted(() -> assertThat(begun).containsExactly("word-count")));
	}

	@Test
	void runsNothingWithoutTheModule() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(Pipeline.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Pipelines.class));
	}

	@Test
	void runsNothingWhenConsumingIsDisabled() {
		this.withSource.withPropertyValues("pubsub.consumer.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Pipelines.class));
	}

	private SourceSettings settings() {
		return this.queues.settings.get(0);
	}

	private static ManagedDaemon managed(AssertableApplicationContext context) {
		return context.getBean(Pipelines.class).get("word-count").managed();
	}

	private Pipeline pipeline(String name) {
		return Pipeline.named(name).from(ScannedMessage.class).map(ScannedMessage::text).to(this.done::add);
	}

	record Queues(InMemoryQueue queue, List<SourceSettings> settings) implements SourceFactory {

		Queues(InMemoryQueue queue) {
			this(queue, new CopyOnWriteArrayList<>());
		}

		@Override
		public boolean supports(String address) {
			return true;
		}

		@Override
		public Source create(SourceSettings settings) {
			this.settings.add(settings);
			SqsSourceOptions.builder(settings.address()).pollWait(settings.consumer().pollWait()).build();
			return this.queue.source(settings.concurrency(), settings.backoff());
		}

	}

	record ScannedHandler(CountDownLatch handled) {

		@Handles
		void on(ScannedMessage message) {
			this.handled.countDown();
		}

	}

}
