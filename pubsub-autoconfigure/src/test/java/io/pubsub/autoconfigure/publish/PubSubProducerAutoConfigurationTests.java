package io.pubsub.autoconfigure.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.aws.sns.SnsDestination;
import io.pubsub.publish.NoTopicException;
import io.pubsub.publish.PublishException;
import io.pubsub.publish.SnsProducer;
import io.pubsub.publish.TopicRouter;
import io.pubsub.publish.Topics;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.transport.Destination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PubSubProducerAutoConfiguration}.
 */
class PubSubProducerAutoConfigurationTests {

	private final InMemoryDestination destination = new InMemoryDestination();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(SharedHttpClient.class)
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				AwsAutoConfiguration.class, PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=example", "spring.cloud.aws.region.static=eu-west-1");

	private final ApplicationContextRunner inMemory = this.contextRunner.withBean(Destination.class,
			() -> this.destination);

	@Test
	void publishesToSnsByDefault() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(SnsAsyncClient.class)
			.hasSingleBean(SnsDestination.class)
			.hasSingleBean(SnsProducer.class));
	}

	@ParameterizedTest
	@CsvSource({ "pubsub.producer.topics.default", "pubsub.producer.topics.created.scanned",
			"pubsub.producer.topics.mappings[application/vnd.example.pubsub._.created.scanned]",
			"pubsub.producer.topics.mappings[application/vnd.example.pubsub._.created.*]" })
	void choosesTheTopicByTheMediaType(String property) {
		this.destination.accept("topic");
		this.inMemory.withPropertyValues(property + "=topic").run((context) -> {
			context.getBean(SnsProducer.class).produce(new ScannedMessage("hello"));
			assertThat(this.destination.published().get(0)).hasAddress("topic");
		});
	}

	@ParameterizedTest
	@CsvSource({ "PUBSUB_PRODUCER_TOPICS_DEFAULT", "PUBSUB_PRODUCER_TOPICS_CREATED_FOO_BAR_BAZ" })
	void choosesTheTopicByAnEnvironmentVariable(String variable) {
		this.inMemory
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace("systemEnvironment",
						new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, "topic"))))
			.run((context) -> assertThat(
					context.getBean(TopicRouter.class).route(context.getBean(MediaTypes.class).created("foo.bar_baz")))
				.isEqualTo("topic"));
	}

	@Test
	void namesTheMediaTypeThatHasNoTopic() {
		this.inMemory.run((context) -> assertThatExceptionOfType(NoTopicException.class)
			.isThrownBy(() -> context.getBean(SnsProducer.class).produce(new ScannedMessage("hello")))
			.withMessageContaining("no topic for media type application/vnd.example.pubsub._.created.scanned"));
	}

	@ParameterizedTest
	@CsvSource({ "publish, 1", "log, 0", "discard, 0" })
	void publishesByItsMode(String mode, int published) {
		this.destination.accept("topic");
		this.inMemory.withPropertyValues("pubsub.producer.topics.default=topic", "pubsub.producer.mode=" + mode)
			.run((context) -> {
				context.getBean(SnsProducer.class).produce(new ScannedMessage("hello"));
				assertThat(this.destination.published()).hasSize(published);
			});
	}

	@Test
	void refusesATopicThatIsNone() {
		this.contextRunner.withPropertyValues("pubsub.producer.topics.created.scanned=orders")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("'orders'"));
	}

	@Test
	void refusesATopicInAnotherRegionThanTheClients() {
		this.contextRunner.withPropertyValues("pubsub.producer.topics.default=arn:aws:sns:us-west-2:123456789012:all")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining(
						"pubsub.producer.topics.default: arn:aws:sns:us-west-2:123456789012:all is in the region"
								+ " us-west-2, but the client asks eu-west-1"));
	}

	@Test
	void refusesAMessageThatIsLargerThanTheTopicsTake() {
		this.contextRunner
			.withPropertyValues("pubsub.producer.topics.default=arn:aws:sns:eu-west-1:123456789012:all",
					"pubsub.producer.max-message-size=100B")
			.run((context) -> assertThatExceptionOfType(PublishException.class)
				.isThrownBy(() -> context.getBean(SnsProducer.class).produce(new ScannedMessage("x".repeat(100))))
				.withMessageContaining("100"));
	}

	@Test
	void givesUpASilentSnsInAHandlerAndElsewhere() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			this.contextRunner
				.withPropertyValues("pubsub.producer.topics.default=arn:aws:sns:eu-west-1:123456789012:all",
						"spring.cloud.aws.sns.endpoint=http://localhost:" + silent.getLocalPort(),
						"spring.cloud.aws.credentials.access-key=a", "spring.cloud.aws.credentials.secret-key=b",
						"pubsub.producer.timeout=200ms")
				.run((context) -> {
					isGivenUp(context.getBean(SnsProducer.class));
					try (MessageContext.Scope scope = incoming(Map.of()).makeCurrent()) {
						isGivenUp(context.getBean(SnsProducer.class));
					}
				});
		}
	}

	private static void isGivenUp(SnsProducer producer) {
		assertThatExceptionOfType(PublishException.class)
			.isThrownBy(() -> producer.produce(new ScannedMessage("hello")))
			.withMessageContainingAll("within 200 ms, the timeout", "nobody knows");
	}

	@ParameterizedTest
	@CsvSource({ "0s", "2h" })
	void refusesATimeoutThatIsNone(String timeout) {
		this.contextRunner.withPropertyValues("pubsub.producer.timeout=" + timeout)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("timeout"));
	}

	@Test
	void propagatesOnlyWhatIsAllowed() {
		this.destination.accept("topic");
		this.inMemory.withPropertyValues("pubsub.producer.topics.default=topic", "pubsub.producer.propagate=x-tenant")
			.run((context) -> {
				try (MessageContext.Scope scope = incoming(Map.of("x-tenant", "t", "x-request-id", "r"))
					.makeCurrent()) {
					context.getBean(SnsProducer.class).produce(new ScannedMessage("hello"));
				}
				assertThat(this.destination.published().get(0).body()).contains("x-tenant")
					.doesNotContain("x-request-id");
			});
	}

	@Test
	void appliesTheCustomizersOfTheClient() {
		this.contextRunner.withBean(SnsAsyncClientCustomizer.class, () -> (builder) -> builder.region(Region.AP_EAST_1))
			.run((context) -> assertThat(
					context.getBean(SnsAsyncClient.class).serviceClientConfiguration().region().id())
				.isEqualTo("ap-east-1"));
	}

	@Test
	void backsOffWhenTheUserProvidesARouter() {
		TopicRouter router = new TopicRouter(Topics.all("topic"), new MediaTypes("example"));
		this.inMemory.withBean(TopicRouter.class, () -> router)
			.run((context) -> assertThat(context).getBean(TopicRouter.class).isSameAs(router));
	}

	@Test
	void backsOffWhenTheUserProvidesADestination() {
		this.inMemory.run((context) -> assertThat(context).doesNotHaveBean(SnsDestination.class));
	}

	@Test
	void needsTheClassesOfSnsOnlyForTheDestination() {
		this.inMemory.withClassLoader(new FilteredClassLoader(SnsAsyncClient.class))
			.run((context) -> assertThat(context).hasSingleBean(SnsProducer.class));
	}

	private static MessageContext incoming(Map<String, String> opaqueData) {
		return new MessageContext("m-1", new MediaType("text/plain"), 1, null, null, OpaqueData.of(opaqueData),
				Map.of());
	}

}
