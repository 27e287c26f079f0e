package io.pubsub.aws.sqs;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link QueuePolicy}.
 */
class QueuePolicyTests {

	private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders";

	@ParameterizedTest
	@ValueSource(strings = { """
			{"Statement": [{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
			"Action": "sqs:SendMessage"}]}""", """
			{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage",
			"Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:eu-central-1:123456789012:orders"}}}]}""" })
	void findsOutThatTopicsMaySend(String policy) {
		assertThat(new QueuePolicy(new Sqs(policy), QUEUE).admitsTopics()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{\"Statement\": [{\"Effect\": \"Allow\","
			+ " \"Principal\": {\"AWS\": \"arn:aws:iam::123456789012:root\"}, \"Action\": \"sqs:*\"}]}" })
	void findsOutThatNoTopicMaySend(String policy) {
		assertThat(new QueuePolicy(new Sqs(policy), QUEUE).admitsTopics()).isFalse();
	}

	@Test
	void takesAPolicyThatMayNotBeReadForOneThatAdmitsNobody() {
		assertThat(new QueuePolicy(new Sqs(null), QUEUE).admitsTopics()).isFalse();
	}

	/**
	 * A client that knows the policy of any queue.
	 *
	 * @param policy the policy, empty if there is none; {@code null} if access is denied
	 */
	private record Sqs(String policy) implements SqsAsyncClient {

		@Override
		public CompletableFuture<GetQueueAttributesResponse> getQueueAttributes(GetQueueAttributesRequest request) {
			assertThat(request.queueUrl()).isEqualTo(QUEUE);
			if (this.policy == null) {
				return CompletableFuture.failedFuture(SqsException.builder().statusCode(403).build());
			}
			return CompletableFuture.completedFuture(GetQueueAttributesResponse.builder()
				.attributes(this.policy.isEmpty() ? Map.of() : Map.of(QueueAttributeName.POLICY, this.policy))
				.build());
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

}
