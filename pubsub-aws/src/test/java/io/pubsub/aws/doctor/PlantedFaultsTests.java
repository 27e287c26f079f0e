package io.pubsub.aws.doctor;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of planted faults, and the findings that tell of them. What the embedded
 * broker does not have is planted in what was read from it.
 */
class PlantedFaultsTests {

	private static final MediaType ORDER = new MediaType("application/vnd.example.pubsub._.created.order");

	private static final MediaType OTHER = new MediaType("application/vnd.example.pubsub._.created.other");

	private static final Consumption HEALTHY = new Consumption("handlers", "orders", Set.of(ORDER), 4, null, true, null,
			Duration.ofSeconds(20), true, false, false);

	private final LocalBroker broker = LocalBroker.start();

	private final SqsAsyncClient sqs = SqsAsyncClient.builder()
		.endpointOverride(this.broker.sqsEndpoint())
		.region(Region.of(this.broker.region()))
		.credentialsProvider(credentials())
		.build();

	private final SnsAsyncClient sns = SnsAsyncClient.builder()
		.endpointOverride(this.broker.snsEndpoint())
		.region(Region.of(this.broker.region()))
		.credentialsProvider(credentials())
		.build();

	private final String topic = this.broker.createTopic("orders");

	private String subscription = "";

	private static StaticCredentialsProvider credentials() {
		return StaticCredentialsProvider
			.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY));
	}

	@BeforeEach
	void provision() {
		this.broker.createQueue("letters");
		this.broker.createQueue("orders", QueueOptions.defaults().withDeadLetterQueue("letters", 5));
		this.subscription = this.broker.subscribe(this.topic, "orders", false, null);
		attribute(QueueAttributeName.POLICY, policyFor(this.topic));
	}

	@AfterEach
	void stop() {
		this.sqs.close();
		this.sns.close();
		this.broker.close();
	}

	@Test
	void findsNothingOnHealthyQueuesAndTopics() {
		assertThat(Doctor.examine(facts(HEALTHY))).isEmpty();
	}

	@Test
	void asksWithoutReceiving() {
		this.sqs.sendMessage((request) -> request.queueUrl(this.broker.queueUrl("orders")).messageBody("{}")).join();
		facts(HEALTHY);
		assertThat(facts(HEALTHY).queues().get("orders")).satisfies((queue) -> {
			assertThat(queue.number("ApproximateNumberOfMessages")).isOne();
			assertThat(queue.number("ApproximateNumberOfMessagesNotVisible")).isZero();
		});
	}

	@Test
	void putsErrorsFirst() {
		Facts facts = facts(with("missing", null, true, null, Duration.ofSeconds(20), false, false));
		assertThat(Doctor.examine(place(facts, Duration.ofMinutes(2)))).extracting(Finding::severity)
			.isSorted()
			.startsWith(Severity.ERROR);
	}

	@Test
	void isBoundByItsDeadline() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				SqsAsyncClient client = SqsAsyncClient.builder()
					.endpointOverride(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
					.region(Region.US_EAST_1)
					.credentialsProvider(credentials())
					.build()) {
			Facts facts = new FactsReader(client, null, Clock.systemUTC()).read(service(HEALTHY),
					Duration.ofMillis(300));
			assertThat(Doctor.examine(facts)).isNotEmpty()
				.allSatisfy((finding) -> assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN));
		}
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("faultsOfTheBroker")
	void findsWhatIsPlantedInTheBroker(String fault, String id, Consumer<PlantedFaultsTests> plant) {
		plant.accept(this);
		assertThat(Doctor.examine(facts(HEALTHY))).extracting(Finding::id).containsExactlyInAnyOrder(id.split(" "));
	}

	static Stream<Arguments> faultsOfTheBroker() {
		return Stream.of(
				fault("the topic does not exist", "topic-missing",
						(test) -> test.sns.deleteTopic((request) -> request.topicArn(test.topic)).join()),
				fault("SQS moves messages after two receives", "redrive-few-receives redrive-before-attempts",
						(test) -> test.attribute(QueueAttributeName.REDRIVE_POLICY, test.redrive("letters", 2))),
				fault("the dead-letter queue does not exist", "redrive-target-missing",
						(test) -> test.sqs.deleteQueue((request) -> request.queueUrl(test.broker.queueUrl("letters")))
							.join()),
				fault("messages are hidden for 2 s", "visibility-short",
						(test) -> test.attribute(QueueAttributeName.VISIBILITY_TIMEOUT, "2")),
				fault("SQS moves messages before the service gives up", "redrive-before-attempts",
						(test) -> test.attribute(QueueAttributeName.REDRIVE_POLICY, test.redrive("letters", 3))),
				fault("dead letters are waiting", "dead-letters-waiting",
						(test) -> test.sqs
							.sendMessage(
									(request) -> request.queueUrl(test.broker.queueUrl("letters")).messageBody("{}"))
							.join()),
				fault("the policy names another topic", "queue-policy",
						(test) -> test.attribute(QueueAttributeName.POLICY,
								policyFor("arn:aws:sns:us-east-1:000000000000:*-others"))),
				fault("nobody is subscribed", "subscription-missing topic-unsubscribed", (test) -> test.unsubscribe()),
				fault("the filter policy drops what is handled", "filter-too-narrow",
						(test) -> test.filter("{\"media_type\":[{\"prefix\":\"text/\"}]}", "MessageAttributes")),
				fault("the filter policy of the body drops what is handled", "filter-too-narrow",
						(test) -> test.filter("{\"mediaType\":[{\"prefix\":\"text/\"}]}", "MessageBody")),
				fault("the filter policy lets more through", "filter-too-wide", (test) -> test
					.filter("{\"media_type\":[\"%s\",\"%s\"]}".formatted(ORDER, OTHER), "MessageAttributes")));
	}

	private static Arguments fault(String name, String id, Consumer<PlantedFaultsTests> plant) {
		return Arguments.of(name, id, plant);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("faultsOfTheService")
	void findsWhatIsPlantedInTheService(String fault, String id, Consumption consumption) {
		assertThat(Doctor.examine(facts(consumption))).extracting(Finding::id).contains(id);
	}

	static Stream<Arguments> faultsOfTheService() {
		Duration wait = Duration.ofSeconds(20);
		return Stream.of(
				Arguments.of("the queue does not exist", "queue-missing",
						with("missing", 4, true, null, wait, false, false)),
				Arguments.of("handlers take longer than messages are hidden", "visibility-exceeded",
						with("orders", 4, false, Duration.ofMinutes(1), wait, false, false)),
				Arguments.of("the envelope wants bare messages", "delivery-wrapped",
						with("orders", 4, true, null, wait, true, false)));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource({ "faultsOfAws", "faultsOfOthers" })
	void findsWhatIsPlantedInWhatWasRead(String fault, String id, UnaryOperator<Facts> plant) {
		assertThat(Doctor.examine(plant.apply(facts(HEALTHY)))).extracting(Finding::id).containsExactly(id);
	}

	static Stream<Arguments> faultsOfAws() {
		return Stream.of(facts("the key is that of AWS", "encryption-key", queue("KmsMasterKeyId", "alias/aws/sqs")),
				facts("the key is of the customer", "encryption-policy", queue("KmsMasterKeyId", "alias/orders")),
				facts("the queue takes less than the topic", "queue-size", queue("MaximumMessageSize", "1024")),
				facts("too many messages are in flight", "in-flight-limit",
						queue("ApproximateNumberOfMessagesNotVisible", "119000")),
				facts("the clock is 2 min off", "clock-skew", (facts) -> place(facts, Duration.ofMinutes(2))),
				facts("nobody may delete", "permission",
						unseen(new Unseen(Unseen.Kind.DENIED, "sqs:DeleteMessage", "orders", ""))),
				facts("there are no credentials", "credentials",
						unseen(new Unseen(Unseen.Kind.CREDENTIALS, "sqs:GetQueueUrl", "orders", ""))),
				facts("the queue is in another region", "place",
						unseen(new Unseen(Unseen.Kind.ELSEWHERE, "sqs:GetQueueUrl", "orders", ""))));
	}

	static Stream<Arguments> faultsOfOthers() {
		return Stream.of(
				facts("a schema is left over", "schema-unused",
						service((service) -> new ServiceFacts(service.consumptions(), service.published(),
								service.maxMessageBytes(), List.of(OTHER), List.of()))),
				facts("a handler has no schema", "handler-without-schema",
						service((service) -> new ServiceFacts(service.consumptions(), service.published(),
								service.maxMessageBytes(), List.of(), List.of("orderHandler")))),
				facts("the topic takes less than is published", "topic-size",
						service((service) -> new ServiceFacts(service.consumptions(), service.published(), 1_048_576,
								List.of(), List.of()))),
				facts("the topic is of another account", "topic-account",
						service((service) -> new ServiceFacts(service.consumptions(),
								Map.of("arn:aws:sns:us-east-1:123456789012:orders", Set.of()), 1, List.of(),
								List.of()))),
				facts("the queue has no redrive policy", "redrive-missing", withoutRedrive()),
				facts("the target of the redrive policy is FIFO", "redrive-kind", queue("RedrivePolicy",
						"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:letters.fifo\",\"maxReceiveCount\":5}")));
	}

	private static Arguments facts(String name, String id, UnaryOperator<Facts> plant) {
		return Arguments.of(name, id, plant);
	}

	private static UnaryOperator<Facts> queue(String attribute, String value) {
		return (facts) -> {
			QueueFacts queue = facts.queues().get("orders");
			Map<String, String> attributes = new HashMap<>(queue.attributes());
			attributes.put(attribute, value);
			return new Facts(facts.service(), facts.place(), Map.of("orders", new QueueFacts(queue.url(), attributes)),
					facts.deadLetterQueues(), facts.topics(), facts.unseen());
		};
	}

	private static UnaryOperator<Facts> withoutRedrive() {
		return queue("RedrivePolicy", "{}").andThen(
				(facts) -> new Facts(service(with("orders", null, true, null, Duration.ofSeconds(20), false, false)),
						facts.place(), facts.queues(), Map.of(), facts.topics(), facts.unseen()))::apply;
	}

	private static UnaryOperator<Facts> unseen(Unseen unseen) {
		return (facts) -> new Facts(facts.service(), facts.place(), facts.queues(), facts.deadLetterQueues(),
				facts.topics(), List.of(unseen));
	}

	private static UnaryOperator<Facts> service(UnaryOperator<ServiceFacts> change) {
		return (facts) -> new Facts(change.apply(facts.service()), facts.place(), facts.queues(),
				facts.deadLetterQueues(), facts.topics(), facts.unseen());
	}

	private static Facts place(Facts facts, Duration skew) {
		return new Facts(facts.service(), new Place("us-east-1", null, "AKIA", skew), facts.queues(),
				facts.deadLetterQueues(), facts.topics(), facts.unseen());
	}

	private static Consumption with(String queue, @Nullable Integer maxAttempts, boolean heartbeat,
			@Nullable Duration handling, Duration wait, boolean bare, boolean signed) {
		return new Consumption("handlers", queue, Set.of(ORDER), maxAttempts, null, heartbeat, handling, wait, true,
				bare, signed);
	}

	private Facts facts(Consumption consumption) {
		return new FactsReader(this.sqs, this.sns, Clock.systemUTC()).read(new ServiceFacts(List.of(consumption),
				Map.of(this.topic, Set.of(ORDER)), 262_144, List.of(), List.of()), Duration.ofSeconds(20));
	}

	private static ServiceFacts service(Consumption consumption) {
		return new ServiceFacts(List.of(consumption), Map.of(), 262_144, List.of(), List.of());
	}

	private void attribute(QueueAttributeName name, String value) {
		this.sqs
			.setQueueAttributes(
					(request) -> request.queueUrl(this.broker.queueUrl("orders")).attributes(Map.of(name, value)))
			.join();
	}

	private String redrive(String target, int receives) {
		return "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:%s\",\"maxReceiveCount\":\"%d\"}"
			.formatted(target, receives);
	}

	private void unsubscribe() {
		this.sns.unsubscribe((request) -> request.subscriptionArn(this.subscription)).join();
	}

	private void filter(String policy, String scope) {
		this.sns
			.setSubscriptionAttributes((request) -> request.subscriptionArn(this.subscription)
				.attributeName("FilterPolicyScope")
				.attributeValue(scope))
			.join();
		this.sns
			.setSubscriptionAttributes((request) -> request.subscriptionArn(this.subscription)
				.attributeName("FilterPolicy")
				.attributeValue(policy))
			.join();
	}

	private static String policyFor(String topic) {
		return QueuePolicy.parse(null).letting(topic, "arn:aws:sqs:us-east-1:000000000000:orders");
	}

}
