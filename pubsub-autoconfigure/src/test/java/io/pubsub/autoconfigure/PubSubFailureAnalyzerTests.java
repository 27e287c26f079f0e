package io.pubsub.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.autoconfigure.circuit.PubSubCircuitAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.scan.RealApplication;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.aws.sqs.QueueAccessDeniedException;
import io.pubsub.aws.sqs.QueueNotFoundException;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.idempotency.Expiry;
import io.pubsub.publish.TopicRouter;
import io.pubsub.publish.Topics;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchRuntimeException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link PubSubFailureAnalyzer}.
 */
class PubSubFailureAnalyzerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubConsumerAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=example");

	@Test
	void tellsHowToNameAQueue() {
		this.contextRunner.withBean("greeter", Greeter.class)
			.run((context) -> assertAnalysis(context.getStartupFailure(), "greeter.on", "--sqs-queue-url"));
	}

	@Test
	void tellsWhereDeadLettersAreToGo() {
		this.contextRunner.withPropertyValues("pubsub.consumer.unhandled=dead-letter")
			.run((context) -> assertAnalysis(context.getStartupFailure(), "dead letters",
					"pubsub.dead-letter.destination"));
	}

	@Test
	void tellsWhichTimesOfAStoreMakeNoSense() {
		assertAnalysis(catchRuntimeException(() -> new Expiry(Duration.ofHours(2), Duration.ofHours(1))), "1h",
				"pubsub.consumer.idempotency.retention");
	}

	@Test
	void tellsWhatToDoAboutAMissingQueue() {
		assertAnalysis(new QueueNotFoundException("orders", "GetQueueUrl", null), "\"orders\"",
				"spring.cloud.aws.region.static");
	}

	@Test
	void tellsWhatToDoAboutDeniedAccess() {
		assertAnalysis(new QueueAccessDeniedException("orders", "GetQueueAttributes", null), "\"orders\"",
				"sqs:GetQueueAttributes");
	}

	@Test
	void tellsHowToAskTheRegionOfAQueue() {
		SqsAsyncClient client = SqsAsyncClient.builder()
			.region(Region.EU_WEST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
		try (client) {
			SqsSourceOptions options = SqsSourceOptions.forQueue("arn:aws:sqs:us-west-2:123456789012:orders");
			assertAnalysis(catchRuntimeException(() -> new SqsSource(client, options)), "us-west-2",
					"Correct pubsub.source (or --sqs-queue-url), or set spring.cloud.aws.sqs.region");
		}
	}

	@Test
	void namesThePropertyOfAMissingDeadLetterQueue() {
		assertAnalysis(
				new BeanCreationException(null, "pubSubDeadLetters", "",
						new QueueNotFoundException("dead", "GetQueueUrl", null)),
				"\"dead\"", "correct pubsub.dead-letter.destination");
	}

	@Test
	void tellsWhatACircuitBreakerNeeds() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(PubSubCircuitAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
			.withPropertyValues("pubsub.consumer.circuit-breaker.enabled=true")
			.run((context) -> assertAnalysis(context.getStartupFailure(),
					"add io.github.resilience4j:resilience4j-circuitbreaker", "pubsub.consumer.circuit-breaker.*"));
	}

	@Test
	void tellsHowToNameTheRegion() {
		assertAnalysis(SdkClientException.create("Unable to load region from any of the providers in the chain"),
				"region", "spring.cloud.aws.region.static");
	}

	@Test
	void tellsHowToNameATopic() {
		TopicRouter router = new TopicRouter(new Topics(null, Map.of(), Map.of(), Map.of(), Map.of()),
				new MediaTypes("example"));
		assertAnalysis(catchRuntimeException(() -> router.route(new MediaType("text/plain"))), "text/plain",
				"pubsub.producer.topics.default");
	}

	@Test
	void namesThePropertyOfAWrongTopic() {
		assertAnalysis(
				catchRuntimeException(() -> new Topics(null, Map.of(), Map.of("foo.bar", " "), Map.of(), Map.of())),
				"topics.created[foo.bar]", "Correct pubsub.producer.topics.created[foo.bar].");
	}

	@Test
	void namesBothHandlersOfAMediaType() {
		this.contextRunner.withBean(Source.class, () -> new InMemoryQueue(new TestClock()).source())
			.withBean("first", Greeter.class)
			.withBean("second", Greeter.class)
			.run((context) -> assertAnalysis(context.getStartupFailure(), "application/vnd.example.pubsub._.created",
					"'first.on' and 'second.on'"));
	}

	@Test
	void tellsWhatIsWrongWithAHandler() {
		this.contextRunner.withBean("greeter", BadGreeter.class)
			.run((context) -> assertAnalysis(context.getStartupFailure(), "'greeter.on' cannot be a handler",
					"@Handles"));
	}

	@Test
	void tellsWhatIsWrongWithASchema() {
		this.contextRunner.withBean(Source.class, () -> new InMemoryQueue(new TestClock()).source())
			.withBean("greeter", InterfaceGreeter.class)
			.run((context) -> assertAnalysis(context.getStartupFailure(), "Runnable cannot be the content of a message",
					"@Handles"));
	}

	@Test
	void tellsWhatIsWrongWithTheConfiguration() {
		this.contextRunner.withPropertyValues("pubsub.lifecycle-changes=CREATED!")
			.run((context) -> assertAnalysis(context.getStartupFailure(), "CREATED!",
					"Correct pubsub.lifecycle-changes."));
	}

	@ParameterizedTest
	@CsvSource({ "pubsub.source=bad!name, bad!name, pubsub.source",
			"pubsub.organization=, an organization must, Correct pubsub.organization.",
			"pubsub.lifecycle-changes=Made, not 'Made', Correct pubsub.lifecycle-changes.",
			"pubsub.consumer.backoff.base=1h, must not be shorter, Correct pubsub.consumer.backoff.max.",
			"pubsub.consumer.max-rate=200, is no rate, Correct pubsub.consumer.max-rate.",
			"pubsub.consumer.trusted-topics=orders, not 'orders', pubsub.consumer.trusted-topics",
			"pubsub.dead-letter.destination=bad!name, bad!name, pubsub.dead-letter.destination",
			"pubsub.producer.propagate=x-*-id, not 'x-*-id', Correct pubsub.producer.propagate.",
			"pubsub.producer.topics.created.foo=orders, is not the ARN, Correct pubsub.producer.topics.created[foo].",
			"pubsub.producer.max-message-size=4GB, not 4294967296B, Correct pubsub.producer.max-message-size.",
			"pubsub.uri.allowed-hosts=https://a, the allowed hosts have 'https://a', Correct pubsub.uri.allowed-hosts.",
			"pubsub.uri.forward-headers=a*b, not 'a*b', Correct pubsub.uri.forward-headers.",
			"pubsub.uri.nack-delay=-1s, not be negative, Correct pubsub.uri.nack-delay.",
			"pubsub.uri.read-timeout=0s, at least 1ms, Correct pubsub.uri.read-timeout.",
			"pubsub.uri.max-size=0B, at least 1B, Correct pubsub.uri.max-size." })
	void tellsWhatIsWrongWithTheConfigurationOfARealApplication(String property, String description, String action) {
		SpringApplication application = new SpringApplication(RealApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		Throwable failure = catchThrowable(() -> application.run("--pubsub.organization=example",
				"--pubsub.producer.topics.default=arn:aws:sns:eu-west-1:123456789012:all",
				"--spring.cloud.aws.region.static=eu-west-1", "--" + property));
		assertAnalysis(failure, description, action);
	}

	@Test
	void tellsThatTheConventionNeedsAnOrganization() {
		Throwable failure = catchThrowable(() -> new MediaTypes(null, Set.of("created")).of("created", "order", false));
		assertAnalysis(failure, "the media type of 'created.order' follows the naming convention",
				"pubsub.organization");
	}

	@Test
	void leavesOtherFailuresToOthers() {
		assertThat(new PubSubFailureAnalyzer().analyze(new IllegalStateException("broken"))).isNull();
	}

	private static void assertAnalysis(Throwable failure, String description, String action) {
		FailureAnalysis analysis = new PubSubFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		assertThat(List.of(analysis.getDescription(), analysis.getAction())).satisfiesExactly(
				(text) -> assertThat(text).contains(description), (text) -> assertThat(text).contains(action));
	}

	static class Greeter {

		@Handles
		void on(ScannedMessage message) {
		}

	}

	static class InterfaceGreeter {

		@Handles(mediaTypes = "created.foo")
		void on(Runnable greeting) {
		}

	}

	static class BadGreeter {

		@Handles
		void on() {
		}

	}

}
