package io.pubsub.autoconfigure.pipeline;

import java.util.concurrent.atomic.AtomicReference;

import io.pubsub.autoconfigure.FailureAnalyses;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubInputAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.pipeline.Pipeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is said of the settings of a pipeline that cannot be right.
 */
class PipelineErrorsTests {

	private static final ApplicationContextRunner CONTEXT_RUNNER = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubInputAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class, PubSubPipelineAutoConfiguration.class))
		.withBean(Pipeline.class, PipelineErrorsTests::words)
		.withBean(SqsAsyncClient.class, PipelineErrorsTests::client)
		.withPropertyValues("pubsub.organization=example", "pubsub.pipelines.words.source=sentences");

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "source=bad!name | bad!name | pubsub.pipelines.words.source",
			"source=file: | needs the path | pubsub.pipelines.words.source",
			"source=file:/nowhere/lines | /nowhere/lines | Correct the path in pubsub.pipelines.words.source=file:<path>",
			"source=arn:aws:sqs:us-west-2:123456789012:orders | us-west-2 | Correct pubsub.pipelines.words.source, or set"
					+ " spring.cloud.aws.sqs.region",
			"max-rate=200 | is no rate | Correct pubsub.pipelines.words.max-rate.",
			"poll-wait=2500ms | whole seconds | Correct pubsub.pipelines.words.poll-wait.",
			"visibility-timeout=13h | 12h | Correct pubsub.pipelines.words.visibility-timeout.",
			"ack.linger=6s | 5s | Correct pubsub.pipelines.words.ack.linger.",
			"backoff.base=1h | must not be shorter | Correct pubsub.pipelines.words.backoff.max.",
			"unhandled=dead-letter | no place for them | Set pubsub.pipelines.words.dead-letter.destination, or neither"
					+ " pubsub.pipelines.words.unhandled=dead-letter",
			"dead-letter.max-consecutive=3 | no place for them | nor pubsub.pipelines.words.dead-letter.max-consecutive",
			"dead-letter.destination=bad!name | bad!name | pubsub.pipelines.words.dead-letter.destination",
			"dead-letter.destination=arn:aws:sqs:us-west-2:123456789012:dead | us-west-2 |"
					+ " Correct pubsub.pipelines.words.dead-letter.destination, or set spring.cloud.aws.sqs.region",
			"envelope=paper | pubsub.pipelines.words.envelope has 'paper' | codec, raw, naive" })
	void namesTheSettingThatCannotBeRight(String setting, String description, String action) {
		assertAnalysis("pubsub.pipelines.words." + setting, description, action);
	}

	@ParameterizedTest
	@CsvSource({ "max-in-flight=0", "max-in-flight=10001", "max-attempts=0", "drain=-1s", "backoff.base=-1s",
			"dead-letter.max-invalid-ratio=2", "dead-letter.max-consecutive=-1" })
	void namesTheSettingOutOfItsRange(String setting) {
		String property = "pubsub.pipelines.words." + setting;
		assertAnalysis(property, property.replace("=", " is "), "Correct the value where it is set.");
	}

	@ParameterizedTest
	@CsvSource({ "max-in-flight=many", "auto-startup=perhaps", "unhandled=ignore", "drain=soon", "backoff.policy=none",
			"heartbeat=2" })
	void namesTheSettingOfAnotherType(String setting) {
		String property = "pubsub.pipelines.words." + setting;
		assertThat(analysis(property)).extracting(FailureAnalysis::getDescription)
			.asString()
			.contains(property.substring(0, property.indexOf('=')));
	}

	@Test
	void namesTheGeneralDestinationIfThePipelineHasNoneOfItsOwn() {
		assertAnalysis("pubsub.dead-letter.destination=bad!name", "bad!name", "pubsub.dead-letter.destination");
	}

	private static void assertAnalysis(String property, String description, String action) {
		FailureAnalysis analysis = analysis(property);
		assertThat(analysis.getDescription()).contains(description);
		assertThat(analysis.getAction()).contains(action);
	}

	private static FailureAnalysis analysis(String property) {
		AtomicReference<FailureAnalysis> analysis = new AtomicReference<>();
		CONTEXT_RUNNER.withPropertyValues(property)
			.run((context) -> analysis.set(FailureAnalyses.of(context.getStartupFailure())));
		return analysis.get();
	}

	private static Pipeline words() {
		return Pipeline.named("words").from(ScannedMessage.class).to((message) -> {
		});
	}

	private static SqsAsyncClient client() {
		return SqsAsyncClient.builder()
			.region(Region.EU_WEST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
	}

}
