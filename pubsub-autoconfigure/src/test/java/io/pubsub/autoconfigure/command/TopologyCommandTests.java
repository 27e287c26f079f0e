package io.pubsub.autoconfigure.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;

import io.pubsub.Handles;
import io.pubsub.MessageSchema;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.doctor.PubSubDoctorAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.test.InMemoryDestination;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClientBuilder;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopologyCommand} and its parts.
 */
class TopologyCommandTests {

	// A client that closes its own takes seconds.
	private static final SdkAsyncHttpClient http = NettyNioAsyncHttpClient.create();

	private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:orders";

	private final StringWriter output = new StringWriter();

	private final StringWriter errors = new StringWriter();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class, PubSubDoctorAutoConfiguration.class))
		.withBean(InMemoryDestination.class)
		.withBean("orderHandler", OrderHandler.class, OrderHandler::new)
		.withPropertyValues("pubsub.organization=example", "pubsub.source=orders", "pubsub.consumer.auto-startup=false",
				"spring.application.name=order-service", "spring.cloud.aws.sns.enabled=false");

	private static SqsAsyncClientBuilder client() {
		return SqsAsyncClient.builder()
			.httpClient(http)
			.region(Region.EU_WEST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create());
	}

	@Test
	void showsATree() {
		run("pubsub.producer.topics.default=" + TOPIC, 0, "topology", "show");
		assertThat(this.output.toString()).contains("order-service", "publishes to " + TOPIC,
				"application/vnd.example.pubsub._.created.order -> orderHandler.on",
				"dead letters to orders-dead-letters");
	}

	@Test
	void drawsAPicture() {
		run("pubsub.producer.topics.default=" + TOPIC, 0, "topology", "show", "--mermaid");
		assertThat(this.output.toString()).startsWith("flowchart LR").contains("order-service");
	}

	@ParameterizedTest
	@CsvSource({ "cloudformation, AWS::SNS::Subscription", "aws-cli, aws sns subscribe", "iam, sqs:ReceiveMessage" })
	void exports(String format, String part) {
		run("pubsub.producer.topics.default=" + TOPIC, 0, "topology", "export", "--format", format);
		assertThat(this.output.toString()).contains(part, "orders");
	}

	@Test
	void exportsForTheQueueOfTheAccountOfItsTopic() {
		run("pubsub.producer.topics.default=" + TOPIC, 0, "topology", "export", "--format", "aws-cli");
		assertThat(this.output.toString()).contains(
				"--queue-url https://sqs.eu-west-1.amazonaws.com/123456789012/orders --attributes",
				" --region eu-west-1");
	}

	@Test
	void subscribesToTopicsOfOthers() {
		run("pubsub.consumer.max-attempts=3", 0, "topology", "export", "--format", "aws-cli", "--topic-arn", TOPIC,
				"--account", "123456789012");
		assertThat(this.output.toString()).contains("aws sns subscribe --topic-arn " + TOPIC)
			.doesNotContain("create-topic");
	}

	@Test
	void wantsAnAccount() {
		run("pubsub.consumer.max-attempts=3", 2, "topology", "export", "--format", "aws-cli");
		assertThat(this.errors.toString()).contains("name it with --account");
	}

	@ParameterizedTest
	@CsvSource({ "--format=terraform, --format must be cloudformation",
			"--format=iam --account=1, --account must be 12 digits",
			"--format=iam --topic-arn=orders, --topic-arn must be" })
	void refusesWhatIsWrong(String options, String message) {
		run("pubsub.consumer.max-attempts=3", 2, ("topology export " + options).split(" ", -1));
		assertThat(this.errors.toString()).contains(message);
	}

	@Test
	void takesTheAccountOfAnEmulator() {
		this.contextRunner
			.withBean(SqsAsyncClient.class,
					() -> client().endpointOverride(URI.create("http://localhost:4566")).build())
			.run((context) -> assertThat(
					execute(Commands.commandLine(context), "topology", "export", "--format", "aws-cli"))
				.isZero());
		assertThat(this.output.toString()).contains("--queue-url http://localhost:4566/000000000000/orders ",
				" --endpoint-url http://localhost:4566");
	}

	private void run(String property, int code, String... arguments) {
		this.contextRunner.withBean(SqsAsyncClient.class, () -> client().build())
			.withPropertyValues(property)
			.run((context) -> assertThat(execute(Commands.commandLine(context), arguments)).isEqualTo(code));
	}

	private int execute(CommandLine commandLine, String... arguments) {
		return Commands.execute(
				commandLine.setOut(new PrintWriter(this.output)).setErr(new PrintWriter(this.errors, true)), arguments);
	}

	@MessageSchema(resource = "order")
	record Order(String number) {

	}

	static class OrderHandler {

		@Handles
		void on(Order order) {
		}

	}

}
