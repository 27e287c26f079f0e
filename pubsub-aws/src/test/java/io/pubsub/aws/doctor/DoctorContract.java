package io.pubsub.aws.doctor;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.pubsub.aws.topology.ServiceFacts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The faults that can be planted in a broker, and the findings that tell of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DoctorContract {

	private static final String ACCOUNT = "us-east-1:000000000000:";

	private final SqsAsyncClient sqs = Clients.sqs(sqsEndpoint());

	private final SnsAsyncClient sns = Clients.sns(snsEndpoint());

	private String name = "";

	private String letters = "";

	private String topic = "";

	private Service service = Service.consuming("");

	abstract URI sqsEndpoint();

	abstract URI snsEndpoint();

	@BeforeEach
	void provision() {
		this.name = "doctor-" + UUID.randomUUID();
		this.letters = this.name + "-letters";
		this.topic = "arn:aws:sns:" + ACCOUNT + this.name;
		this.service = Service.consuming(this.name);
		this.sqs.createQueue((request) -> request.queueName(this.letters)).join();
		createQueue();
		this.sns.createTopic((request) -> request.name(this.name)).join();
		attribute(QueueAttributeName.REDRIVE_POLICY, redrive(5));
		subscribe(this.topic, Map.of());
	}

	private void createQueue() {
		this.sqs.createQueue((request) -> request.queueName(this.name)).join();
		attribute(QueueAttributeName.POLICY, Service.policyFor(this.topic, queueArn()));
	}

	@AfterAll
	void close() {
		this.sqs.close();
		this.sns.close();
	}

	@Test
	void findsNothingOnHealthyQueuesAndTopics() {
		assertThat(findings()).isEmpty();
	}

	@Test
	void asksWithoutReceiving() {
		this.sqs.sendMessage((request) -> request.queueUrl(url(this.name)).messageBody("{}")).join();
		findings();
		assertThat(facts().queues().get(this.name)).satisfies((queue) -> {
			assertThat(queue.number("ApproximateNumberOfMessages")).isOne();
			assertThat(queue.number("ApproximateNumberOfMessagesNotVisible")).isZero();
		});
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource({ "faultsOfQueues", "faultsOfTopics", "faultsOfConsumers" })
	void findsWhatIsPlanted(String fault, String ids, Consumer<DoctorContract> plant) {
		plant.accept(this);
		assertThat(findings()).extracting(Finding::id).containsExactlyInAnyOrder(ids.split(" "));
	}

	static Stream<Arguments> faultsOfQueues() {
		return Stream.of(
				fault("SQS moves messages after two receives", "redrive-few-receives redrive-before-attempts",
						(test) -> test.attribute(QueueAttributeName.REDRIVE_POLICY, test.redrive(2))),
				fault("SQS moves messages before the service gives up", "redrive-before-attempts",
						(test) -> test.attribute(QueueAttributeName.REDRIVE_POLICY, test.redrive(3))),
				fault("the queue for dead letters does not exist", "redrive-target-missing dead-letter-destination",
						(test) -> test.sqs.deleteQueue((request) -> request.queueUrl(test.url(test.letters))).join()),
				fault("dead letters are waiting", "dead-letters-waiting",
						(test) -> test.sqs
							.sendMessage((request) -> request.queueUrl(test.url(test.letters)).messageBody("{}"))
							.join()),
				fault("messages are hidden for 2 s", "visibility-short",
						(test) -> test.attribute(QueueAttributeName.VISIBILITY_TIMEOUT, "2")),
				fault("the policy names another topic", "queue-policy",
						(test) -> test.attribute(QueueAttributeName.POLICY,
								Service.policyFor(test.topic + "-*", test.queueArn()))),
				fault("the policy denies the topic", "queue-policy", (test) -> test.attribute(QueueAttributeName.POLICY,
						Service.denying(test.topic, test.queueArn()))));
	}

	static Stream<Arguments> faultsOfTopics() {
		return Stream.of(
				fault("the topic does not exist", "topic-missing",
						(test) -> test.sns.deleteTopic((request) -> request.topicArn(test.topic)).join()),
				fault("nobody is subscribed", "subscription-missing topic-unsubscribed", DoctorContract::unsubscribe),
				fault("a handler is fed by nobody", "subscription-missing topic-unsubscribed", (test) -> {
					test.attribute(QueueAttributeName.POLICY, "");
					test.unsubscribe();
				}),
				fault("the filter policy drops what is handled", "filter-too-narrow",
						(test) -> test.filter("{\"media_type\":[{\"prefix\":\"text/\"}]}", "MessageAttributes")),
				fault("the filter policy of the body drops what is handled", "filter-too-narrow",
						(test) -> test.filter("{\"mediaType\":[{\"prefix\":\"text/\"}]}", "MessageBody")),
				fault("the filter policy lets more through", "filter-too-wide",
						(test) -> test.filter(
								"{\"media_type\":[\"%s\",\"%s\"]}".formatted(Service.ORDER, Service.OTHER),
								"MessageAttributes")),
				fault("the topic has an order that the queue has not", "order-lost", (test) -> {
					test.sns
						.createTopic(
								(request) -> request.name(test.name + ".fifo").attributes(Map.of("FifoTopic", "true")))
						.join();
					test.attribute(QueueAttributeName.POLICY, Service.policyFor(test.fifo(), test.queueArn()));
					test.unsubscribe();
					test.subscribe(test.fifo(), Map.of());
					test.service = test.service.publishing(test.fifo());
				}));
	}

	static Stream<Arguments> faultsOfConsumers() {
		return Stream.of(
				fault("the queue does not exist", "queue-missing",
						(test) -> test.service = Service.consuming(test.name + "-missing")),
				fault("the place for dead letters does not exist", "dead-letter-destination",
						(test) -> test.service = test.service.withLetters(test.name + "-missing")),
				fault("handlers take longer than messages are hidden", "visibility-exceeded",
						(test) -> test.service = test.service.handling(Duration.ofMinutes(1))),
				fault("the envelope wants bare messages", "delivery-wrapped",
						(test) -> test.service = test.service.bare()),
				fault("the service wants signed messages", "delivery-unsigned", (test) -> {
					test.unsubscribe();
					test.subscribe(test.topic, Map.of("RawMessageDelivery", "true"));
					test.service = test.service.signed();
				}), fault("nobody gives messages up", "redrive-missing", (test) -> {
					test.sqs.deleteQueue((request) -> request.queueUrl(test.url(test.name))).join();
					test.createQueue();
					test.service = test.service.keepingAll();
				}), fault("the topic takes less than is published", "topic-size",
						(test) -> test.service = test.service.publishing(1_048_576)));
	}

	private static Arguments fault(String name, String ids, Consumer<DoctorContract> plant) {
		return Arguments.of(name, ids, plant);
	}

	private List<Finding> findings() {
		return Doctor.examine(facts());
	}

	private Facts facts() {
		ServiceFacts asked = this.service.on(this.topic);
		return new FactsReader(this.sqs, this.sns, null, null, Clock.systemUTC()).read(asked, Duration.ofSeconds(20));
	}

	private String url(String queue) {
		return this.sqs.getQueueUrl((request) -> request.queueName(queue)).join().queueUrl();
	}

	private String fifo() {
		return this.topic + ".fifo";
	}

	private String queueArn() {
		return "arn:aws:sqs:" + ACCOUNT + this.name;
	}

	private void attribute(QueueAttributeName attribute, String value) {
		this.sqs.setQueueAttributes((request) -> request.queueUrl(url(this.name)).attributes(Map.of(attribute, value)))
			.join();
	}

	private String redrive(int receives) {
		return "{\"deadLetterTargetArn\":\"arn:aws:sqs:%s%s\",\"maxReceiveCount\":\"%d\"}".formatted(ACCOUNT,
				this.letters, receives);
	}

	private void subscribe(String topicArn, Map<String, String> attributes) {
		this.sns
			.subscribe(
					(request) -> request.topicArn(topicArn).protocol("sqs").endpoint(queueArn()).attributes(attributes))
			.join();
	}

	private Set<String> subscriptions() {
		return Set.copyOf(this.sns.listSubscriptionsByTopic((request) -> request.topicArn(this.topic))
			.join()
			.subscriptions()
			.stream()
			.map((subscription) -> subscription.subscriptionArn())
			.toList());
	}

	private void unsubscribe() {
		subscriptions().forEach((arn) -> this.sns.unsubscribe((request) -> request.subscriptionArn(arn)).join());
	}

	private void filter(String policy, String scope) {
		subscriptions().forEach((arn) -> {
			set(arn, "FilterPolicyScope", scope);
			set(arn, "FilterPolicy", policy);
		});
	}

	private void set(String subscription, String attribute, String value) {
		this.sns
			.setSubscriptionAttributes(
					(request) -> request.subscriptionArn(subscription).attributeName(attribute).attributeValue(value))
			.join();
	}

}
