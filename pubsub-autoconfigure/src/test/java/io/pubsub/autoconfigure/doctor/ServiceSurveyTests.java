package io.pubsub.autoconfigure.doctor;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.MessageSchema;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.aws.topology.Consumption;
import io.pubsub.aws.topology.ServiceFacts;
import io.pubsub.aws.topology.Setting;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.test.InMemoryDestination;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link ServiceSurvey}.
 */
class ServiceSurveyTests {

	private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:orders";

	// A client that closes its own takes seconds.
	private static final SdkAsyncHttpClient http = NettyNioAsyncHttpClient.create();

	private static final MediaType ORDER = new MediaType("application/vnd.example.pubsub._.created.order");

	private static final MediaType CLICK = new MediaType("application/vnd.example.pubsub._.created.click");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class, PubSubPipelineAutoConfiguration.class,
				PubSubDoctorAutoConfiguration.class))
		.withBean(SqsAsyncClient.class, ServiceSurveyTests::sqs)
		.withBean(InMemoryDestination.class)
		.withBean("orderHandler", OrderHandler.class, OrderHandler::new)
		.withPropertyValues("pubsub.organization=example", "pubsub.source=orders", "pubsub.consumer.auto-startup=false",
				"spring.application.name=order-service", "spring.cloud.aws.sns.enabled=false");

	private static SqsAsyncClient sqs() {
		return SqsAsyncClient.builder()
			.httpClient(http)
			.endpointOverride(URI.create("http://127.0.0.1:1"))
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
			.build();
	}

	@Test
	void tellsWhatIsConsumedByWhom() {
		this.contextRunner
			.withPropertyValues("pubsub.dead-letter.destination=letters", "pubsub.consumer.max-attempts=4")
			.run((context) -> {
				ServiceFacts facts = context.getBean(ServiceDoctor.class).service();
				assertThat(facts.name()).isEqualTo("order-service");
				assertThat(facts.consumptions()).singleElement()
					.returns("handlers", Consumption::name)
					.returns("orders", Consumption::queue)
					.returns(Map.of(ORDER, "orderHandler.on"), Consumption::handlers)
					.returns("letters", Consumption::deadLetters)
					.returns(4, Consumption::maxAttempts);
			});
	}

	@Test
	void tellsWhatIsPublishedWhereAndExpectedFromThere() {
		this.contextRunner.withPropertyValues("pubsub.producer.topics.mappings[created.order]=" + TOPIC)
			.run((context) -> {
				ServiceFacts facts = context.getBean(ServiceDoctor.class).service();
				assertThat(facts.published()).isEqualTo(Map.of(TOPIC, Set.of(ORDER)));
				assertThat(facts.consumptions()).singleElement().returns(Set.of(TOPIC), Consumption::topics);
			});
	}

	@Test
	void tellsWhatPipelinesTake() {
		this.contextRunner
			.withBean("clicks", Pipeline.class, () -> Pipeline.named("clicks").from(Click.class).to((click) -> {
			}))
			.withPropertyValues("pubsub.pipelines.clicks.source=clicks", "pubsub.pipelines.clicks.poll-wait=1s")
			.run((context) -> {
				ServiceFacts facts = context.getBean(ServiceDoctor.class).service();
				assertThat(facts.consumptions()).extracting(Consumption::name, Consumption::handlers)
					.contains(tuple("clicks", Map.of(CLICK, "clicks")));
				assertThat(facts.settings().name("clicks", Setting.POLL_WAIT))
					.isEqualTo("pubsub.pipelines.clicks.poll-wait");
			});
	}

	@Test
	void knowsNoMediaTypesUnderAForeignEnvelope() {
		this.contextRunner.withPropertyValues("pubsub.envelope=naive")
			.run((context) -> assertThat(context.getBean(ServiceDoctor.class).service().consumptions()).singleElement()
				.returns(Map.of(), Consumption::handlers)
				.returns(true, Consumption::bare));
	}

	@Test
	void findsASchemaThatNobodyHandles() {
		this.contextRunner.run((context) -> {
			context.getBean(SchemaRegistry.class).register(Click.class);
			assertThat(context.getBean(ServiceDoctor.class).service().schemas().unused())
				.isEqualTo(Map.of(CLICK, Click.class.getName()));
		});
	}

	@Test
	void findsAHandlerWithoutSchema() {
		this.contextRunner.withBean("odd", OddHandler.class, OddHandler::new)
			.run((context) -> assertThat(context.getBean(ServiceDoctor.class).service().schemas().missing())
				.containsKey("odd.on"));
	}

	@Test
	void findsAMessageOfAFifoTopicWithoutGroup() {
		this.contextRunner.withPropertyValues("pubsub.producer.topics.default=" + TOPIC + ".fifo")
			.run((context) -> assertThat(context.getBean(ServiceDoctor.class).service().schemas().ungrouped())
				.isEqualTo(Map.of(ORDER, Order.class.getName())));
	}

	@Test
	void takesTheTimeThatHandlersWereMeasured() {
		MeterRegistry registry = new SimpleMeterRegistry();
		registry.timer("pubsub.consumer.handling", "daemon", "handlers").record(Duration.ofSeconds(90));
		this.contextRunner.withBean(MeterRegistry.class, () -> registry)
			.run((context) -> assertThat(context.getBean(ServiceDoctor.class).service().consumptions()).singleElement()
				.returns(Duration.ofSeconds(90), Consumption::handlingTime));
	}

	@Test
	void needsNoPipelines() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(Pipeline.class))
			.run((context) -> assertThat(context.getBean(ServiceDoctor.class).service().consumptions()).hasSize(1));
	}

	@MessageSchema(resource = "order")
	record Order(String number) {

	}

	@MessageSchema(resource = "click")
	record Click(String page) {

	}

	static class OrderHandler {

		@Handles
		void on(Order order) {
		}

	}

	static class OddHandler {

		@Handles(mediaTypes = "text/plain")
		void on(Map<String, Object> content) {
		}

	}

}
