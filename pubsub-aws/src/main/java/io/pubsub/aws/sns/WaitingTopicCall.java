package io.pubsub.aws.sns;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.aws.batch.SendAnswer;
import io.pubsub.aws.batch.SendCall;
import io.pubsub.transport.OutboundMessage;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/**
 * {@link SendCall} that publishes a single message to an SNS topic, and is over when it
 * returns.
 */
final class WaitingTopicCall implements SendCall {

	private final SnsClient client;

	private final Duration limit;

	private final AwsRequestOverrideConfiguration timeout;

	WaitingTopicCall(SnsClient client, Duration timeout) {
		this.client = client;
		this.limit = timeout;
		this.timeout = AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).build();
	}

	@Override
	public CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages) {
		try {
			PublishResponse response = this.client
				.publish(TopicCall.request(messages.get(0)).overrideConfiguration(this.timeout).build());
			return CompletableFuture
				.completedFuture(List.of(TopicCall.answer(address, response.messageId(), response)));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(TopicFailures.of(address, this.limit, ex));
		}
	}

}
