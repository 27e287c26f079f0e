package io.pubsub.aws.sns;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.pubsub.aws.batch.BatchSender;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import software.amazon.awssdk.services.sns.SnsAsyncClient;

/**
 * {@link Destination} whose addresses are the ARNs of SNS topics.
 * <p>
 * It needs the IAM action {@code sns:Publish} and no other: topics are neither looked up
 * nor created. Safe for use by many threads.
 */
public final class SnsDestination implements Destination {

	/**
	 * What a topic takes that is not set to take more, in bytes.
	 */
	public static final int DEFAULT_MAXIMUM_MESSAGE_SIZE = 262_144;

	private final BatchSender sender;

	/**
	 * Publishes to topics that take messages of the default size.
	 * @param client the client of SNS
	 */
	public SnsDestination(SnsAsyncClient client) {
		this(client, DEFAULT_MAXIMUM_MESSAGE_SIZE, Map.of());
	}

	/**
	 * Publishes to topics of several sizes.
	 * @param client the client of SNS
	 * @param maximumMessageSize what a topic takes, in bytes
	 * @param topicSizes the {@code MaximumMessageSize} of the topics that are set to take
	 * something else, in bytes, by ARN
	 */
	public SnsDestination(SnsAsyncClient client, int maximumMessageSize, Map<String, Integer> topicSizes) {
		Map<String, Integer> sizes = Map.copyOf(topicSizes);
		this.sender = new BatchSender(new TopicCall(client),
				(topicArn) -> sizes.getOrDefault(topicArn, maximumMessageSize));
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		return this.sender.publish(messages);
	}

}
