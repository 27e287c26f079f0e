package io.pubsub.autoconfigure.kinesis;

import java.net.URI;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration;
import io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pubsub.Handles;
import io.pubsub.IdentityMessage;
import io.pubsub.MediaType;
import io.pubsub.MessageSchema;
import io.pubsub.UriMessage;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.internal.Actionable;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.autoconfigure.internal.MissingKinesisException;
import io.pubsub.autoconfigure.internal.StreamWithoutDeadLettersException;
import io.pubsub.autoconfigure.metrics.PubSubMetricsAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.kinesis.consume.KinesisSource;
import io.pubsub.kinesis.publish.KinesisDestination;
import io.pubsub.kinesis.stream.StreamAccessDeniedException;
import io.pubsub.kinesis.stream.StreamNotFoundException;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.SnsProducer;
import io.pubsub.transport.Source;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.sns.SnsAsyncClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubKinesisAutoConfiguration}.
 */
class PubSubKinesisAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
				RegionProviderAutoConfiguration.class, SnsAutoConfiguration.class, SqsAutoConfiguration.class,
				JacksonAutoConfiguration.class, ValidationAutoConfiguration.class, PubSubAutoConfiguration.class,
				PubSubKinesisAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
				PubSubProducerAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
				PubSubPipelineAutoConfiguration.class, PubSubMetricsAutoConfiguration.class))
		.withPropertyValues("spring.cloud.aws.region.static=eu-central-1", "spring.cloud.aws.credentials.access-key=a",
				"spring.cloud.aws.credentials.secret-key=b", "spring.application.name=shop", "pubsub.organization=test",
				"pubsub.consumer.auto-startup=false");

	private final ApplicationContextRunner consuming = this.contextRunner
		.withPropertyValues("pubsub.source=kinesis:clicks");

	private final ApplicationContextRunner withDeadLetters = this.consuming
		.withPropertyValues("pubsub.dead-letter.destination=dead-clicks");

	@Test
	void consumesAStream() {
		this.withDeadLetters.withBean(Handler.class)
			.run((context) -> assertThat(context).getBean(Source.class).isInstanceOf(KinesisSource.class));
	}

	@Test
	void consumesAQueueAsBefore() {
		this.contextRunner.withPropertyValues("pubsub.source=orders").run((context) -> {
			assertThat(context).hasSingleBean(Source.class);
			assertThat(context).doesNotHaveBean(KinesisSource.class);
		});
	}

	@Test
	void consumesNothingWithoutASource() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Source.class));
	}

	@Test
	void refusesAStreamWithoutAPlaceForDeadLetters() {
		this.consuming.withBean(Handler.class)
			.withPropertyValues("pubsub.consumer.auto-startup=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StreamWithoutDeadLettersException.class)
				.hasMessageContaining("kinesis:clicks")
				.extracting((failure) -> ((Actionable) failure).action())
				.asString()
				.contains("pubsub.dead-letter.destination"));
	}

	@Test
	void refusesAPipelineOfAStreamWithoutAPlaceForDeadLetters() {
		this.contextRunner.withBean(Pipeline.class, PubSubKinesisAutoConfigurationTests::pipeline)
			.withPropertyValues("pubsub.pipelines.counts.source=kinesis:clicks")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(StreamWithoutDeadLettersException.class)
				.extracting((failure) -> ((Actionable) failure).action())
				.asString()
				.contains("Set pubsub.dead-letter.destination"));
	}

	@Test
	void runsAPipelineOnAStream() {
		this.contextRunner.withBean(Pipeline.class, PubSubKinesisAutoConfigurationTests::pipeline)
			.withPropertyValues("pubsub.pipelines.counts.source=kinesis:clicks",
					"pubsub.pipelines.counts.dead-letter.destination=dead-clicks")
			.run((context) -> assertThat(context.getBean(Daemons.class).others()).singleElement()
				.extracting((daemon) -> daemon.daemon().source())
				.isInstanceOf(KinesisSource.class));
	}

	@Test
	void refusesAStreamWithoutTheNameOfAnApplication() {
		this.withDeadLetters.withPropertyValues("spring.application.name=")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidPropertyException.class)
				.hasMessageContaining("pubsub.kinesis.application"));
	}

	@Test
	void refusesAPositionThatIsNone() {
		this.withDeadLetters.withPropertyValues("pubsub.kinesis.start=yesterday")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("pubsub.kinesis.start: a starting position must be oldest, latest, or a time"));
	}

	@Test
	void refusesAnAddressThatIsNone() {
		this.contextRunner.withPropertyValues("pubsub.producer.topics.default=kinesis:a/b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidPropertyException.class)
				.hasMessageContaining("pubsub.producer.topics.default: 'kinesis:a/b'"));
	}

	@Test
	void publishesToStreamsAndTopics() {
		FakeClients clients = new FakeClients();
		this.contextRunner.withBean(KinesisAsyncClient.class, () -> clients.kinesis())
			.withBean(SnsAsyncClient.class, () -> clients.sns())
			.withPropertyValues("pubsub.producer.topics.default=arn:aws:sns:eu-central-1:123456789012:all",
					"pubsub.producer.topics.created.click=kinesis:clicks")
			.run((context) -> {
				SnsProducer producer = context.getBean(SnsProducer.class);
				producer.produce(new MediaType("application/vnd.test.pubsub._.deleted.click"),
						new IdentityMessage("1"));
				producer.produce(new MediaType("application/vnd.test.pubsub._.created.click"),
						new UriMessage(URI.create("https://example.com/1")));
				assertThat(clients.published()).containsExactly("sns", "kinesis");
			});
	}

	@Test
	void showsTheGaugesOfTheSource() {
		this.withDeadLetters.withBean(Handler.class)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				context.getBeansOfType(MeterBinder.class)
					.values()
					.forEach((binder) -> binder.bindTo(context.getBean(MeterRegistry.class)));
				assertThat(context.getBean(MeterRegistry.class).get("pubsub.kinesis.uncheckpointed").gauge().value())
					.isZero();
			});
	}

	@Test
	void backsOffWhenTheApplicationHasClientsAndASource() {
		FakeClients clients = new FakeClients();
		Source own = (receiver) -> {
			throw new IllegalStateException();
		};
		this.withDeadLetters.withBean(KinesisAsyncClient.class, clients::kinesis)
			.withBean(Source.class, () -> own)
			.run((context) -> {
				assertThat(context).hasSingleBean(KinesisAsyncClient.class).hasSingleBean(DynamoDbAsyncClient.class);
				assertThat(context).getBean(Source.class).isSameAs(own);
			});
	}

	@Test
	void withoutTheModuleSaysWhatIsMissing() {
		this.withDeadLetters.withClassLoader(new FilteredClassLoader(KinesisSource.class, KinesisDestination.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingKinesisException.class)
				.hasMessageContaining("kinesis:clicks"));
	}

	@Test
	void withoutTheModuleRefusesStreamsAsTopics() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(KinesisSource.class, KinesisDestination.class))
			.withPropertyValues("pubsub.producer.topics.default=kinesis:clicks")
			.run((context) -> assertThat(context).getFailure().rootCause().isInstanceOf(MissingKinesisException.class));
	}

	@Test
	void saysWhatToDoAboutAStreamThatDoesNotExist() {
		FailureAnalysis analysis = new StreamFailureAnalyzer()
			.analyze(new IllegalStateException(new StreamNotFoundException("kinesis:clicks", null)));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getAction()).startsWith("Create the stream 'kinesis:clicks', or correct pubsub.source");
	}

	@Test
	void saysWhatToDoAboutAStreamThatMayNotBeRead() {
		FailureAnalysis analysis = new StreamFailureAnalyzer()
			.analyze(new StreamAccessDeniedException("kinesis:clicks", "kinesis:DescribeStreamSummary", null));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getAction()).startsWith("Allow kinesis:DescribeStreamSummary on the stream");
	}

	private static Pipeline pipeline() {
		return Pipeline.named("counts").from(Click.class).to((click) -> {
		});
	}

	/**
	 * The content of the records.
	 *
	 * @param id the id
	 */
	@MessageSchema(mediaType = "application/vnd.test.click")
	record Click(String id) {

	}

	/**
	 * A handler, so that there is something to consume for.
	 */
	static final class Handler {

		@Handles(mediaTypes = "deleted.click")
		void handle(IdentityMessage message) {
		}

	}

}
