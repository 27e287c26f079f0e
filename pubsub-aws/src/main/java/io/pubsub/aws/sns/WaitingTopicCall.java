package io.pubsub.aws.sns;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.aws.batch.SendAnswer;
import io.pubsub.aws.batch.SendCall;
import io.pubsub.transport.OutboundMessage;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishResponse;

/**
 * {@link SendCall} that publishes a single message to an SNS topic, and is over when it
 * returns.
 */
final class WaitingTopicCall implements SendCall {

	private final SnsClient client;

	WaitingTopicCall(SnsClient client) {
		this.client = client;
	}

	@Override
	public CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages) {
		try {
			PublishResponse response = this.client.publish(TopicCall.request(messages.get(0)));
			return CompletableFuture.completedFuture(List.of(SendAnswer.published(response.messageId())));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(TopicFailures.of(address, ex));
		}
	}

}
