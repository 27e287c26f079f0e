package io.pubsub.local.internal.sqs;

import java.util.Map;

import io.pubsub.local.RunningBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PolicyAttribute}, with the client of AWS.
 */
class PolicyAttributeTests {

	private static final String POLICY = "{\"Statement\": []}";

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final SqsClient sqs = running.sqs();

	private final String queue = running.queue();

	private final String url = running.broker().queueUrl(this.queue);

	@ParameterizedTest
	@EnumSource(names = { "POLICY", "ALL" })
	void tellsThePolicyOfAQueueToWhoeverAsksForIt(QueueAttributeName name) {
		set(POLICY);
		assertThat(attributes(name)).containsEntry(QueueAttributeName.POLICY, POLICY);
	}

	@Test
	void tellsOtherAttributesAlone() {
		set(POLICY);
		assertThat(attributes(QueueAttributeName.DELAY_SECONDS)).containsOnlyKeys(QueueAttributeName.DELAY_SECONDS);
	}

	@ParameterizedTest
	@EnumSource(names = { "POLICY", "ALL" })
	void hasNoneUnlessItIsSet(QueueAttributeName name) {
		assertThat(attributes(name)).doesNotContainKey(QueueAttributeName.POLICY);
	}

	@Test
	void losesThePolicyThatIsSetToNothing() {
		set(POLICY);
		set("");
		assertThat(attributes(QueueAttributeName.ALL)).doesNotContainKey(QueueAttributeName.POLICY);
	}

	@Test
	void keepsAPolicyThatOtherAttributesAreSetBeside() {
		set(POLICY);
		this.sqs.setQueueAttributes(
				(request) -> request.queueUrl(this.url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "7")));
		assertThat(attributes(QueueAttributeName.ALL)).containsEntry(QueueAttributeName.POLICY, POLICY)
			.containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "7");
	}

	@Test
	void hasThePolicyThatAQueueIsCreatedWithUntilItIsDeleted() {
		String name = running.uniqueName();
		String created = this.sqs
			.createQueue((request) -> request.queueName(name).attributes(Map.of(QueueAttributeName.POLICY, POLICY)))
			.queueUrl();
		assertThat(attributes(created, QueueAttributeName.ALL)).containsEntry(QueueAttributeName.POLICY, POLICY);
		this.sqs.deleteQueue((request) -> request.queueUrl(created));
		this.sqs.createQueue((request) -> request.queueName(name));
		assertThat(attributes(created, QueueAttributeName.ALL)).doesNotContainKey(QueueAttributeName.POLICY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "{}", "[]" })
	void refusesAPolicyThatIsNone(String policy) {
		assertThatExceptionOfType(SqsException.class).isThrownBy(() -> set(policy))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo("InvalidAttributeValue"))
			.withMessageContaining("Invalid value for the parameter Policy.");
	}

	private void set(String policy) {
		this.sqs.setQueueAttributes(
				(request) -> request.queueUrl(this.url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
	}

	private Map<QueueAttributeName, String> attributes(QueueAttributeName name) {
		return attributes(this.url, name);
	}

	private Map<QueueAttributeName, String> attributes(String url, QueueAttributeName name) {
		return this.sqs.getQueueAttributes((request) -> request.queueUrl(url).attributeNames(name)).attributes();
	}

}
