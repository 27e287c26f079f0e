package io.pubsub.local.internal.sns;

import java.util.Map;

import io.pubsub.local.RunningBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SubscriptionActions}.
 */
class SubscriptionActionsTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final SnsClient sns = running.sns();

	@Test
	void subscribesAQueueOnce() {
		String topicArn = running.topic();
		String queue = running.queue();
		String arn = running.subscribe(topicArn, queue, Map.of("RawMessageDelivery", "true"));
		assertThat(running.subscribe(topicArn, queue, Map.of("RawMessageDelivery", "True"))).isEqualTo(arn);
		assertThat(running.subscribe(topicArn, queue, Map.of())).isEqualTo(arn);
		assertThat(arn).startsWith(topicArn + ":");
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> running.subscribe(topicArn, queue, Map.of("RawMessageDelivery", "false")))
			.withMessageContaining("Subscription already exists with different attributes");
	}

	@Test
	void describesASubscription() {
		String topicArn = running.topic();
		String queue = running.queue();
		String arn = running.subscribe(topicArn, queue, Map.of("FilterPolicy", "{\"a\":[1]}"));
		assertThat(attributesOf(arn)).containsEntry("TopicArn", topicArn)
			.containsEntry("Protocol", "sqs")
			.containsEntry("Endpoint", running.queueArn(queue))
			.containsEntry("RawMessageDelivery", "false")
			.containsEntry("PendingConfirmation", "false")
			.containsEntry("FilterPolicy", "{\"a\":[1]}")
			.containsEntry("FilterPolicyScope", "MessageAttributes");
	}

	@Test
	void changesASubscription() {
		String queue = running.queue();
		String topicArn = running.topic();
		String arn = running.subscribe(topicArn, queue, Map.of("FilterPolicy", "{\"a\":[1]}"));
		set(arn, "RawMessageDelivery", "true");
		set(arn, "FilterPolicy", "{}");
		running.publish(topicArn, "no attribute", Map.of());
		assertThat(running.receiveBodies(queue)).containsExactly("no attribute");
		assertThat(attributesOf(arn)).doesNotContainKeys("FilterPolicy", "FilterPolicyScope");
	}

	@Test
	void endsASubscriptionAsOftenAsOneLikes() {
		String topicArn = running.topic();
		String queue = running.queue();
		String arn = running.subscribe(topicArn, queue, Map.of());
		this.sns.unsubscribe((request) -> request.subscriptionArn(arn));
		assertThatCode(() -> this.sns.unsubscribe((request) -> request.subscriptionArn(arn)))
			.doesNotThrowAnyException();
		running.publish(topicArn, "nobody listens", Map.of());
		assertThat(running.receive(queue)).isEmpty();
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> attributesOf(arn))
			.withMessageContaining("Subscription does not exist");
	}

	@Test
	void listsSubscriptions() {
		String topicArn = running.topic();
		String queue = running.queue();
		String arn = running.subscribe(topicArn, queue, Map.of());
		assertThat(this.sns.listSubscriptionsByTopic((request) -> request.topicArn(topicArn)).subscriptions())
			.containsExactly(Subscription.builder()
				.topicArn(topicArn)
				.subscriptionArn(arn)
				.protocol("sqs")
				.owner("000000000000")
				.endpoint(running.queueArn(queue))
				.build());
		assertThat(this.sns.listSubscriptionsPaginator().subscriptions()).extracting(Subscription::subscriptionArn)
			.contains(arn);
	}

	@Test
	void knowsNoTokenToConfirmASubscriptionWith() {
		String topicArn = running.topic();
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> this.sns.confirmSubscription((request) -> request.topicArn(topicArn).token("token")))
			.withMessageContaining("Invalid parameter: Token");
	}

	@Test
	void refusesOtherProtocols() {
		String topicArn = running.topic();
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> this.sns
				.subscribe((request) -> request.topicArn(topicArn).protocol("email").endpoint("someone@example.com")))
			.withMessageContaining("Amazon SNS does not support this protocol string: email");
	}

	@Test
	void refusesAnEndpointThatIsNoQueue() {
		String topicArn = running.topic();
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> this.sns
				.subscribe((request) -> request.topicArn(topicArn).protocol("sqs").endpoint("http://example.com")))
			.withMessageContaining("SQS endpoint ARN");
	}

	@Test
	void refusesAFifoQueueOnAStandardTopic() {
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> running.subscribe(running.topic(), running.fifoQueue(), Map.of()))
			.withMessageContaining("FIFO SQS Queues can not be subscribed to standard SNS topics");
	}

	@Test
	void refusesATopicThatDoesNotExist() {
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(
				() -> running.subscribe("arn:aws:sns:us-east-1:000000000000:absent", running.queue(), Map.of()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					RawMessageDelivery | perhaps      | RawMessageDelivery: Invalid value [perhaps]. Must be true or false.
					FilterPolicyScope  | Envelope     | FilterPolicyScope: Invalid value [Envelope]. Please use either MessageBody or MessageAttributes
					FilterPolicy       | {            | FilterPolicy: failed to parse JSON.
					RedrivePolicy      | {            | RedrivePolicy: failed to parse JSON.
					RedrivePolicy      | {}           | RedrivePolicy: deadLetterTargetArn is an invalid arn
					Colour             | red          | AttributeName
					""")
	void refusesAttributesThatAreWrong(String name, String value, String message) {
		String topicArn = running.topic();
		String queue = running.queue();
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> running.subscribe(topicArn, queue, Map.of(name, value)))
			.withMessageContaining("Invalid parameter: Attributes Reason: " + message);
		String arn = running.subscribe(topicArn, queue, Map.of());
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> set(arn, name, value))
			.withMessageContaining("Invalid parameter: " + message);
	}

	private Map<String, String> attributesOf(String arn) {
		return this.sns.getSubscriptionAttributes((request) -> request.subscriptionArn(arn)).attributes();
	}

	private void set(String arn, String name, String value) {
		this.sns.setSubscriptionAttributes(
				(request) -> request.subscriptionArn(arn).attributeName(name).attributeValue(value));
	}

}
