package io.pubsub.autoconfigure.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Map;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.internal.UsageException;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.local.LocalBroker;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.transport.OutboundMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Commands}.
 */
class CommandsTests {

	private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:orders";

	private final StringWriter output = new StringWriter();

	private final StringWriter errors = new StringWriter();

	private final InMemoryDestination destination = new InMemoryDestination();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class))
		.withBean(InMemoryDestination.class, () -> this.destination)
		.withPropertyValues("pubsub.organization=example");

	@ParameterizedTest
	@ValueSource(strings = { "--help", "help" })
	void explainsTheCommandsAndTheFlags(String argument) {
		int code = execute(Commands.commandLine(new StaticListableBeanFactory()), argument);
		assertThat(code).isZero();
		assertThat(this.output.toString()).contains("write", "read", "naive", "replay", "--stdin", "Exit codes");
	}

	@ParameterizedTest
	@ValueSource(strings = { "help write", "write --help", "write -h" })
	void explainsACommand(String arguments) {
		int code = execute(Commands.commandLine(new StaticListableBeanFactory()), arguments);
		assertThat(code).isZero();
		assertThat(this.output.toString()).contains("--topic-arn", "Publishes one message");
	}

	@Test
	void couldNotLookIfTheDoctorFails() {
		int code = execute(Commands.commandLine(new StaticListableBeanFactory() {

			@Override
			public <T> ObjectProvider<T> getBeanProvider(Class<T> type) {
				throw new UsageException("the doctor is ill");
			}

		}), "doctor");
		assertThat(code).isEqualTo(3);
		assertThat(this.errors.toString()).contains("It failed: ");
	}

	@Test
	void couldNotLookWithoutAClient() {
		assertThat(execute(Commands.commandLine(new StaticListableBeanFactory()), "doctor")).isEqualTo(3);
		assertThat(this.errors.toString()).contains("It could not look");
	}

	@Test
	void leavesToSpringBootWhatIsItsOwn() {
		assertThat(Commands.ownArguments("write", "--debug", "--spring.profiles.active=test", "--uri=http://a.b"))
			.containsExactly("write", "--uri=http://a.b");
	}

	@Test
	void writesAMessageOfAResource() {
		assertThat(run("write --topic-arn " + TOPIC + " --media-type Foo.Bar --uri http://example.com/1")).isZero();
		assertThat(this.destination.published()).singleElement().satisfies((message) -> {
			assertThat(message.address()).isEqualTo(TOPIC);
			assertThat(message.mediaType()).hasToString("application/vnd.example.pubsub._.created.foo.bar");
			assertThat(message.body()).contains("http://example.com/1");
		});
		assertThat(this.output.toString()).startsWith("Published application/vnd.example");
	}

	@Test
	void writesAMessageOfAWholeMediaType() {
		assertThat(run("write --topic-arn " + TOPIC
				+ " --media-type application/vnd.example.pubsub._.changed.foo --uri http://example.com/1"))
			.isZero();
		assertThat(this.destination.published()).singleElement()
			.satisfies((message) -> assertThat(message.mediaType())
				.hasToString("application/vnd.example.pubsub._.changed.foo"));
	}

	@Test
	void writesAMessageOfAChangeAndAResource() {
		assertThat(run("write --topic-arn " + TOPIC + " --media-type changed.foo --uri http://example.com/1")).isZero();
		assertThat(this.destination.published()).singleElement()
			.satisfies((message) -> assertThat(message.mediaType())
				.hasToString("application/vnd.example.pubsub._.changed.foo"));
	}

	@Test
	void failsToWriteAnInvalidMessage() {
		assertThat(run("write --topic-arn " + TOPIC + " --media-type foo")).isEqualTo(1);
		assertThat(this.errors.toString()).contains("uri");
		assertThat(this.destination.published()).isEmpty();
	}

	@Test
	void printsALineForStdin() {
		assertThat(run("naive --action changed --resource-name foo --uri http://example.com/1")).isZero();
		assertThat(this.output.toString()).isEqualToIgnoringNewLines(
				"""
						{"mediaType":"application/vnd.example.pubsub._.changed.foo","opaqueData":{},"uri":"http://example.com/1"}
						""");
	}

	@Test
	void showsAndKeepsWhatIsInAQueue() {
		try (LocalBroker broker = LocalBroker.start(); SqsAsyncClient sqs = client(broker)) {
			String queue = queueWithMessage(broker, sqs);
			ApplicationContextRunner withSqs = this.contextRunner.withBean(SqsAsyncClient.class, () -> client(broker));
			assertThat(run(withSqs, "read --queue-url " + queue)).isZero();
			assertThat(this.output.toString()).contains("received once  application/vnd.example.pubsub._.created.foo");
			assertThat(run(withSqs, "read --queue-url " + queue)).isZero();
			assertThat(this.output.toString()).contains("received 2 times").doesNotContain("http://example.com/1");
		}
	}

	@Test
	void deletesWhatIsInAQueueWhenItIsTold() {
		try (LocalBroker broker = LocalBroker.start(); SqsAsyncClient sqs = client(broker)) {
			String queue = queueWithMessage(broker, sqs);
			ApplicationContextRunner withSqs = this.contextRunner.withBean(SqsAsyncClient.class, () -> client(broker));
			assertThat(run(withSqs, "read --delete --queue-url " + queue)).isZero();
			assertThat(run(withSqs, "read --wait 0 --queue-url " + queue)).isZero();
			assertThat(this.output.toString()).contains("received once", "No message came");
		}
	}

	@Test
	void deletesNothingThatItCannotShow() {
		try (LocalBroker broker = LocalBroker.start(); SqsAsyncClient sqs = client(broker)) {
			String queue = queueWithMessage(broker, sqs);
			ApplicationContextRunner withSqs = this.contextRunner.withBean(SqsAsyncClient.class, () -> client(broker));
			withSqs.run((context) -> assertThat(Commands.execute(
					Commands.commandLine(context).setOut(fullDisk()).setErr(new PrintWriter(this.errors, true)), "read",
					"--delete", "--queue-url", queue))
				.isEqualTo(1));
			assertThat(this.errors.toString()).contains("the output cannot be written");
			assertThat(run(withSqs, "read --queue-url " + queue)).isZero();
			assertThat(this.output.toString()).contains("received 2 times");
		}
	}

	@Test
	void showsAllOfAMessageAsJsonThatCanBeReplayed() {
		try (LocalBroker broker = LocalBroker.start(); SqsAsyncClient sqs = client(broker)) {
			String queue = queueWithMessage(broker, sqs);
			ApplicationContextRunner withSqs = this.contextRunner.withBean(SqsAsyncClient.class, () -> client(broker));
			assertThat(run(withSqs, "read --json --queue-url " + queue)).isZero();
			JsonNode json = new JsonMapper().readTree(this.output.toString());
			assertThat(json.path("MessageId").stringValue()).isNotEmpty();
			assertThat(json.path("Body").stringValue()).contains("http://example.com/1");
			assertThat(json.at("/Attributes/ApproximateReceiveCount").stringValue()).isEqualTo("1");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"write --topic-arn arn:aws:sns:eu-central-1:123456789012:orders --media-type foo --uri http://a",
			"naive --resource-name foo --uri http://a", "--help" })
	void failsWhenTheOutputCannotBeWritten(String arguments) {
		this.contextRunner.run((context) -> assertThat(Commands.execute(
				Commands.commandLine(context).setOut(fullDisk()).setErr(new PrintWriter(this.errors, true)),
				arguments.split(" ")))
			.isEqualTo(1));
		assertThat(this.errors.toString()).contains("the output cannot be written");
	}

	@Test
	void writesToTheTopicOfTheLocalBroker() {
		assertThat(run(this.contextRunner.withPropertyValues("pubsub.command-line.local=true"),
				"write --topic-arn " + TOPIC + " --media-type foo --uri http://example.com/1"))
			.isZero();
		assertThat(this.destination.published()).singleElement()
			.extracting(OutboundMessage::address)
			.isEqualTo("arn:aws:sns:us-east-1:000000000000:orders");
	}

	@Test
	void saysWhatToDoAboutAFailure() {
		ApplicationContextRunner withoutRegion = this.contextRunner.withBean(SqsAsyncClient.class, () -> {
			throw SdkClientException.create("Unable to load region from any of the providers in the chain");
		}, (definition) -> definition.setLazyInit(true));
		assertThat(run(withoutRegion, "read --queue-url orders")).isEqualTo(1);
		assertThat(this.errors.toString()).contains("It failed: No AWS region is configured.", "AWS_REGION");
	}

	@Test
	void readsWhyAMessageIsADeadLetter() {
		try (LocalBroker broker = LocalBroker.start(); SqsAsyncClient sqs = client(broker)) {
			String queue = broker.createQueue("dead");
			MessageAttributeValue reason = MessageAttributeValue.builder()
				.dataType("String")
				.stringValue("malformed")
				.build();
			sqs.sendMessage((message) -> message.queueUrl(queue)
				.messageBody("{}")
				.messageAttributes(Map.of(DeadLetters.REASON, reason))).join();
			ApplicationContextRunner withSqs = this.contextRunner.withBean(SqsAsyncClient.class, () -> client(broker));
			assertThat(run(withSqs, "read --queue-url " + queue)).isZero();
			assertThat(this.output.toString()).contains("mediaType is missing  dead letter: malformed");
		}
	}

	@Test
	void failsToReadAQueueThatIsMissing() {
		try (LocalBroker broker = LocalBroker.start()) {
			ApplicationContextRunner withSqs = this.contextRunner.withBean(SqsAsyncClient.class, () -> client(broker));
			assertThat(run(withSqs, "read --queue-url missing")).isEqualTo(1);
			assertThat(this.errors.toString()).contains("missing");
		}
	}

	private static String queueWithMessage(LocalBroker broker, SqsAsyncClient sqs) {
		String queue = broker.createQueue("orders");
		sqs.sendMessage((message) -> message.queueUrl(queue).messageBody("""
				{"mediaType": "application/vnd.example.pubsub._.created.foo", "uri": "http://example.com/1"}"""))
			.join();
		return queue;
	}

	private static PrintWriter fullDisk() {
		return new PrintWriter(new Writer() {

			@Override
			public void write(char[] text, int start, int length) throws IOException {
				throw new IOException("No space left on device");
			}

			@Override
			public void flush() {
			}

			@Override
			public void close() {
			}

		}, true);
	}

	private static SqsAsyncClient client(LocalBroker broker) {
		return SqsAsyncClient.builder()
			.endpointOverride(broker.sqsEndpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY)))
			.build();
	}

	private int run(String arguments) {
		return run(this.contextRunner, arguments);
	}

	private int run(ApplicationContextRunner runner, String arguments) {
		int[] code = new int[1];
		runner.run((context) -> code[0] = execute(Commands.commandLine(context), arguments));
		return code[0];
	}

	private int execute(CommandLine commandLine, String arguments) {
		return commandLine.setOut(new PrintWriter(this.output, true))
			.setErr(new PrintWriter(this.errors, true))
			.execute(arguments.split(" "));
	}

}
