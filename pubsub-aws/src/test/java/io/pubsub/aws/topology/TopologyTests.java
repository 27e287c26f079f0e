package io.pubsub.aws.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.pubsub.MediaType;
import io.pubsub.aws.doctor.Doctor;
import io.pubsub.aws.doctor.FactsReader;
import io.pubsub.aws.doctor.Finding;
import io.pubsub.aws.topology.ServiceFacts.OddSchemas;
import io.pubsub.local.LocalBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Topology} and what it is exported to.
 */
class TopologyTests {

	private static final LocalBroker broker = LocalBroker.start();

	private static final SqsAsyncClient sqs = SqsAsyncClient.builder()
		.endpointOverride(broker.sqsEndpoint())
		.region(Region.US_EAST_1)
		.credentialsProvider(credentials())
		.build();

	private static final SnsAsyncClient sns = SnsAsyncClient.builder()
		.endpointOverride(broker.snsEndpoint())
		.region(Region.US_EAST_1)
		.credentialsProvider(credentials())
		.build();

	private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:orders";

	private static final MediaType ORDER = type("created.order");

	private static final MediaType RESERVED = type("created.order_reserved");

	private static final JsonMapper mapper = JsonMapper.builder().build();

	private static StaticCredentialsProvider credentials() {
		return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
	}

	private static MediaType type(String end) {
		return new MediaType("application/vnd.example.pubsub._." + end);
	}

	@AfterAll
	static void stop() {
		sqs.close();
		sns.close();
		broker.close();
	}

	@Test
	void isWhatTheDoctorFindsHealthy() {
		ServiceFacts service = service("healthy", TOPIC + "-healthy");
		String script = script(service);
		new AwsCommands(sqs, sns).run(script);
		new AwsCommands(sqs, sns).run(script);
		assertThat(findings(service)).isEmpty();
	}

	@Test
	void isHealthyWithFifoQueues() {
		ServiceFacts service = service("ordered.fifo", TOPIC + ".fifo");
		new AwsCommands(sqs, sns).run(script(service));
		assertThat(findings(service)).isEmpty();
	}

	@Test
	@Tag("faults")
	void isHealthyAfterTheCommandLineOfAws(@TempDir Path directory) throws Exception {
		Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "aws --version").start().waitFor() == 0,
				"there is no aws on the path");
		ServiceFacts service = service("by-hand", TOPIC + "-by-hand");
		Path script = Files.writeString(directory.resolve("create.sh"), script(service));
		ProcessBuilder shell = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true);
		shell.environment().putAll(Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"));
		Process process = shell.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(findings(service)).isEmpty();
	}

	private static List<Finding> findings(ServiceFacts service) {
		return Doctor
			.examine(new FactsReader(sqs, sns, null, null, Clock.systemUTC()).read(service, Duration.ofSeconds(20)));
	}

	private static String script(ServiceFacts service) {
		return new AwsCliExport(topology(service), "us-east-1", broker.sqsEndpoint().toString(),
				broker.snsEndpoint().toString())
			.text();
	}

	@Test
	void namesAQueueWhoseAccountIsNotKnown() {
		ServiceFacts service = new ServiceFacts("orders", service("orders", "kinesis:orders").consumptions(), Map.of(),
				1, OddSchemas.NONE, TopologyTests::setting);
		ServiceFacts nowhere = new ServiceFacts("orders", List.of(consumption("orders", Set.of())), service.published(),
				1, OddSchemas.NONE, TopologyTests::setting);
		Topology topology = Topology.of(nowhere, new Topology.Home("us-east-1", null), List.of());
		assertThatExceptionOfType(UnknownPlaceException.class)
			.isThrownBy(() -> new AwsCliExport(topology, "us-east-1", null, null).text())
			.returns("orders-letters", UnknownPlaceException::queue);
	}

	@Test
	void exportsATemplateOfCloudFormation() {
		JsonNode resources = mapper.readTree(new CloudFormationExport(topology(service("orders", TOPIC))).text())
			.path("Resources");
		Map<String, String> types = new TreeMap<>();
		resources.propertyStream().forEach((one) -> types.put(one.getKey(), one.getValue().path("Type").asString("")));
		assertThat(types).isEqualTo(Map.of("OrdersQueue", "AWS::SQS::Queue", "OrdersLettersQueue", "AWS::SQS::Queue",
				"OrdersTopic", "AWS::SNS::Topic", "OrdersQueuePolicy", "AWS::SQS::QueuePolicy",
				"OrdersQueueFromOrdersTopic", "AWS::SNS::Subscription"));
		assertThat(resources.at("/OrdersQueueFromOrdersTopic/Properties/FilterPolicy/media_type").valueStream())
			.extracting((value) -> value.asString(""))
			.containsExactly(ORDER.value(), RESERVED.value());
		assertThat(resources.at("/OrdersQueue/Properties/RedrivePolicy/deadLetterTargetArn/Fn::GetAtt/0").asString(""))
			.isEqualTo("OrdersLettersQueue");
	}

	@Test
	void leavesTopicsOfOthersToThem() {
		String foreign = "arn:aws:sns:us-east-1:123456789012:billing";
		Topology topology = Topology.of(service("orders", TOPIC), new Topology.Home("us-east-1", "000000000000"),
				List.of(foreign));
		JsonNode resources = mapper.readTree(new CloudFormationExport(topology).text()).path("Resources");
		assertThat(resources.has("BillingTopic")).isFalse();
		assertThat(resources.at("/OrdersQueueFromBillingTopic/Properties/TopicArn").asString("")).isEqualTo(foreign);
		assertThat(new AwsCliExport(topology, "us-east-1", null, null).text())
			.contains("--topic-arn " + foreign + " --protocol sqs")
			.doesNotContain("--name billing");
	}

	@Test
	void allowsWhatTheServiceDoesAndNothingElse() {
		Topology topology = topology(service("orders", TOPIC));
		assertThat(actions(new IamExport(topology, false).text())).isEqualTo(Map.of("Consume",
				"[\"sqs:ReceiveMessage\",\"sqs:DeleteMessage\",\"sqs:ChangeMessageVisibility\",\"sqs:GetQueueAttributes\"] [\"arn:aws:sqs:us-east-1:000000000000:orders\"]",
				"Find",
				"[\"sqs:GetQueueUrl\"] [\"arn:aws:sqs:us-east-1:000000000000:orders\",\"arn:aws:sqs:us-east-1:000000000000:orders-letters\"]",
				"Send", "[\"sqs:SendMessage\"] [\"arn:aws:sqs:us-east-1:000000000000:orders-letters\"]", "Publish",
				"[\"sns:Publish\"] [\"%s\"]".formatted(TOPIC)));
		assertThat(actions(new IamExport(topology, true).text())).containsKeys("LookAtQueues", "LookAtTopics");
	}

	private static Map<String, String> actions(String policy) {
		Map<String, String> actions = new TreeMap<>();
		mapper.readTree(policy)
			.path("Statement")
			.valueStream()
			.forEach((statement) -> actions.put(statement.path("Sid").asString(""),
					statement.path("Action") + " " + statement.path("Resource")));
		return actions;
	}

	@Test
	void saysWhichLimitOfSnsItExceeds() {
		Map<MediaType, String> many = new TreeMap<>((one, other) -> one.value().compareTo(other.value()));
		IntStream.range(0, 151).forEach((number) -> many.put(type("created.resource" + number), "handler"));
		Consumption consumption = new Consumption("handlers", "orders", many, Set.of(TOPIC), 4, null, true, null,
				Duration.ofSeconds(20), null, false, false);
		Topology topology = topology(
				new ServiceFacts("orders", List.of(consumption), Map.of(), 1, OddSchemas.NONE, TopologyTests::setting));
		assertThat(topology.remarks()).containsExactly("The subscription of the queue orders to " + TOPIC
				+ " has no filter policy: 151 media types are more than the 150 values that SNS takes");
		assertThat(topology.subscriptions()).singleElement().returns(null, Topology.Subscription::filter);
	}

	@Test
	void doesNotSubscribeAFifoQueueToAStandardTopic() {
		Topology topology = topology(service("orders.fifo", TOPIC));
		assertThat(topology.subscriptions()).isEmpty();
		assertThat(topology.remarks()).containsExactly("The queue orders.fifo is not subscribed to " + TOPIC
				+ ": SNS lets a FIFO queue subscribe to FIFO topics only");
	}

	@Test
	void drawsATree() {
		assertThat(new TopologyTree(topology(service("orders", TOPIC))).text()).isEqualTo("""
				order-service
				├─ publishes to arn:aws:sns:us-east-1:000000000000:orders
				│  ├─ application/vnd.example.pubsub._.created.order -> orderHandler.on
				│  └─ application/vnd.example.pubsub._.created.shipment
				└─ consumes orders (handlers)
				   ├─ from arn:aws:sns:us-east-1:000000000000:orders
				   ├─ application/vnd.example.pubsub._.created.order -> orderHandler.on
				   ├─ application/vnd.example.pubsub._.created.order_reserved -> reservedHandler.on
				   └─ dead letters to orders-letters, by SQS after 5 receives""");
	}

	@Test
	void drawsAPicture() {
		assertThat(new TopologyPicture(topology(service("orders", TOPIC))).text()).isEqualTo("""
				flowchart LR
				    n0(["order-service"])
				    n1{{"orders"}}
				    n0 -->|"created.order<br/>created.shipment"| n1
				    n2[("orders")]
				    n1 --> n2
				    n3(["orderHandler.on"])
				    n2 -->|"created.order"| n3
				    n4(["reservedHandler.on"])
				    n2 -->|"created.order_reserved"| n4
				    n5[("orders-letters")]
				    n2 -.->|"dead letters"| n5""");
	}

	@Test
	@Tag("faults")
	void exportsWhatCfnLintTakes(@TempDir Path directory) throws IOException, InterruptedException {
		Assumptions.assumeTrue(new ProcessBuilder("sh", "-c", "cfn-lint --version").start().waitFor() == 0,
				"there is no cfn-lint on the path");
		Path template = Files.writeString(directory.resolve("template.json"),
				new CloudFormationExport(topology(service("ordered.fifo", TOPIC + ".fifo"))).text());
		Process process = new ProcessBuilder("cfn-lint", template.toString()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
	}

	private static Topology topology(ServiceFacts service) {
		return Topology.of(service, new Topology.Home("us-east-1", "000000000000"), List.of());
	}

	private static ServiceFacts service(String queue, String topic) {
		return new ServiceFacts("order-service", List.of(consumption(queue, Set.of(topic))),
				Map.of(topic, Set.of(ORDER, type("created.shipment"))), 262_144, OddSchemas.NONE,
				TopologyTests::setting);
	}

	private static Consumption consumption(String queue, Set<String> topics) {
		return new Consumption("handlers", queue, Map.of(ORDER, "orderHandler.on", RESERVED, "reservedHandler.on"),
				topics, 4, null, true, null, Duration.ofSeconds(20), queue.replaceFirst("(\\.fifo)?$", "-letters$1"),
				false, false);
	}

	private static String setting(String consumption, Setting setting) {
		return consumption + setting;
	}

}
