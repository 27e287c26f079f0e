package io.pubsub.autoconfigure.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import io.pubsub.Handles;
import io.pubsub.MessageSchema;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.deadletter.PubSubDeadLetterAutoConfiguration;
import io.pubsub.dispatch.DeadLetterDetail;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeadLettersCommand} and its commands.
 */
class DeadLettersCommandTests {

	private static final LocalBroker broker = LocalBroker.start();

	private static final SdkAsyncHttpClient http = NettyNioAsyncHttpClient.create();

	private static final SqsAsyncClient sqs = SqsAsyncClient.builder()
		.httpClient(http)
		.endpointOverride(broker.sqsEndpoint())
		.region(Region.US_EAST_1)
		.credentialsProvider(StaticCredentialsProvider
			.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY)))
		.build();

	private final StringWriter output = new StringWriter();

	private final StringWriter errors = new StringWriter();

	@TempDir
	private Path directory;

	private String source = "";

	private String dead = "";

	@AfterAll
	static void stop() {
		sqs.close();
		http.close();
		broker.close();
	}

	@BeforeEach
	void createQueues(TestInfo test) {
		String name = test.getTestMethod().orElseThrow().getName() + System.identityHashCode(this);
		this.source = "o-" + name;
		this.dead = "d-" + name;
		broker.createQueue(this.source);
		broker.createQueue(this.dead);
	}

	private ApplicationContextRunner service() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
					PubSubAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
					PubSubDeadLetterAutoConfiguration.class))
			.withBean(OrderHandler.class)
			.withBean(SqsAsyncClient.class, () -> sqs, (definition) -> definition.setDestroyMethodName(""))
			.withPropertyValues("pubsub.organization=example", "pubsub.consumer.auto-startup=false",
					"pubsub.dead-letter.destination=" + this.dead);
	}

	private void letter(String sku) {
		letter(sku, this.source);
	}

	private void letter(String sku, String from) {
		DeadLetterDetail detail = new DeadLetterDetail("m-" + sku, from, 3, null, "orderHandler",
				"java.lang.IllegalStateException", null, List.of(), null, null, null, Map.of());
		sqs.sendMessage((request) -> request.queueUrl(broker.queueUrl(this.dead))
			.messageBody(
					"{\"mediaType\":\"application/vnd.example.pubsub._.created.order\",\"sku\":\"%s\"}".formatted(sku))
			.messageAttributes(Map.of(DeadLetters.REASON, text("attempts"), DeadLetters.DETAIL, text(detail.toJson()))))
			.join();
	}

	private static MessageAttributeValue text(String value) {
		return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
	}

	private static int count(String queue) {
		return Integer.parseInt(sqs
			.getQueueAttributes((request) -> request.queueUrl(broker.queueUrl(queue))
				.attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
			.join()
			.attributes()
			.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
	}

	@Test
	void listsWhatIsWrongAndWhatWouldBeHandledNow() {
		letter("A-1");
		letter("");
		assertThat(run("list")).isZero();
		assertThat(this.output.toString()).contains("received 2 of about 2",
				"2 x attempts  IllegalStateException  orderHandler  application/vnd.example.pubsub._.created.order",
				"1 of 2 would be handled now", "from " + this.source, "All are visible again");
	}

	@Test
	void saysThatNothingIsThere() {
		assertThat(run("list")).isZero();
		assertThat(this.output.toString()).contains("there are no dead letters to receive");
	}

	@Test
	void listsForScripts() {
		letter("A-1");
		assertThat(run("list --json")).isZero();
		JsonNode json = new JsonMapper().readTree(this.output.toString());
		assertThat(json.at("/groups/0/count").intValue()).isOne();
		assertThat(json.at("/letters/0/today/passes").booleanValue()).isTrue();
		assertThat(this.output.toString()).doesNotContain("A-1\"");
	}

	@Test
	void saysWhatKeepsLettersFromBeingHandledNow() {
		letter("A-1");
		letter("");
		assertThat(run("dry-run")).isZero();
		assertThat(this.output.toString()).contains("1 would be handled now, by ", "1 would not be handled: invalid",
				"sku must not be blank");
	}

	@Test
	void showsOneLetterAndItsContentOnlyWhenItIsAsked() {
		letter("secret");
		String id = new JsonMapper().readTree(outputOf("list --json")).at("/letters/0/id").stringValue();
		assertThat(outputOf("show " + id)).contains("Today it would be handled now", "came from   " + this.source)
			.doesNotContain("secret");
		assertThat(outputOf("show --content " + id)).contains("\"sku\" : \"secret\"");
	}

	@Test
	void failsToShowWhatIsNotThere() {
		letter("A-1");
		assertThat(run("show unknown")).isOne();
		assertThat(this.errors.toString()).contains("It failed: there is no letter unknown");
	}

	@Test
	void replaysToTheQueueThatLettersCameFrom() {
		letter("A-1");
		letter("");
		assertThat(run("replay --passing --yes --rate 1000/s")).isZero();
		assertThat(this.output.toString()).contains("Replayed 1 of about 2", "left as they are: 1");
		assertThat(count(this.source)).isOne();
		assertThat(count(this.dead)).isOne();
	}

	@Test
	void failsWhenALetterCameFromWhatIsNoQueue() {
		letter("A-1", "file:orders.jsonl");
		assertThat(run("replay --all --yes")).isOne();
		assertThat(this.output.toString()).contains("Replayed 0", "it came from file:orders.jsonl, which is no queue");
		assertThat(count(this.dead)).isOne();
	}

	@Test
	void keepsLettersInAFileForItsOwner() throws Exception {
		letter("A-1");
		Path file = this.directory.resolve("letters.jsonl");
		assertThat(run("export " + file)).isZero();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(run("discard --yes --in " + file)).isZero();
		assertThat(count(this.dead)).isZero();
		assertThat(run("import " + file)).isZero();
		assertThat(count(this.dead)).isOne();
		assertThat(this.output.toString()).contains("Exported 1", "Discarded 1", "Imported 1");
	}

	@Test
	void overwritesNoFile() throws Exception {
		Path file = Files.writeString(this.directory.resolve("letters.jsonl"), "mine");
		assertThat(run("export " + file)).isOne();
		assertThat(this.errors.toString()).contains("exists already");
		assertThat(file).hasContent("mine");
	}

	@Test
	void saysHowToGoOnWithAnImport() throws Exception {
		Path file = Files.writeString(this.directory.resolve("letters.jsonl"), "no letter\n");
		assertThat(run("import " + file)).isOne();
		assertThat(this.output.toString()).contains("Failed: 1: it is not JSON", "tail -n +1 ");
	}

	@Test
	void tellsIdsThatAreNotThere() {
		letter("A-1");
		assertThat(run("discard --yes --id unknown")).isOne();
		assertThat(this.output.toString()).contains("1 of the ids are not in the queue");
		assertThat(count(this.dead)).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "replay --yes", "discard --yes", "replay --all --reason invalid --yes",
			"replay --by-sqs --id 1 --yes", "replay --all", "discard --all", "list --max 0", "list --older-than soon",
			"replay --all --yes --rate fast", "" })
	void refusesWhatIsNotClear(String arguments) {
		letter("A-1");
		assertThat(run(arguments)).as(this.errors.toString()).isEqualTo(2);
		assertThat(count(this.dead)).isOne();
	}

	@Test
	void letsSqsMove() {
		broker.createQueue(this.source + "2", QueueOptions.defaults().withDeadLetterQueue(this.dead + "2", 1));
		assertThat(run("replay --all --by-sqs --yes --queue " + this.dead + "2")).isZero();
		assertThat(this.output.toString()).contains("SQS is moving", "cancel-message-move-task");
	}

	@Test
	void namesTheQueueThatIsMissing() {
		assertThat(run("list --queue missing")).isOne();
		assertThat(this.errors.toString()).contains("the queue \"missing\" does not exist");
	}

	@Test
	void saysThatNoQueueIsConfigured() {
		assertThat(
				run(service().withPropertyValues("pubsub.dead-letter.destination=arn:aws:sns:us-east-1:1:t"), "list"))
			.isOne();
		assertThat(this.errors.toString()).contains("has no queue for dead letters", "--queue");
	}

	@Test
	void findsTheQueueByTheRedrivePolicy() {
		broker.createQueue(this.source + "3", QueueOptions.defaults().withDeadLetterQueue(this.dead + "3", 1));
		assertThat(run(service().withPropertyValues("pubsub.dead-letter.destination=arn:aws:sns:us-east-1:1:t",
				"pubsub.source=" + this.source + "3"), "list"))
			.isZero();
		assertThat(this.output.toString()).contains(this.dead + "3: there are no dead letters");
	}

	private String outputOf(String arguments) {
		int start = this.output.getBuffer().length();
		assertThat(run(arguments)).as(this.errors.toString()).isZero();
		return this.output.toString().substring(start);
	}

	private int run(String arguments) {
		return run(service(), arguments);
	}

	private int run(ApplicationContextRunner runner, String arguments) {
		int[] code = new int[1];
		runner.run((context) -> code[0] = Commands.commandLine(context)
			.setOut(new PrintWriter(this.output, true))
			.setErr(new PrintWriter(this.errors, true))
			.execute(("dead-letters " + arguments).strip().split(" ")));
		return code[0];
	}

	/**
	 * The content of the letters.
	 *
	 * @param sku the code of the article
	 */
	@MessageSchema(mediaType = "application/vnd.example.pubsub._.created.order")
	record Order(@NotBlank String sku) {

	}

	/**
	 * Handles orders.
	 */
	static class OrderHandler {

		@Handles
		void handle(Order order) {
		}

	}

}
