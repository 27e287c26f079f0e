package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.pubsub.internal.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What the policy of a queue says of who may send to it. SNS delivers to a queue only if
 * the policy of the queue admits it.
 * <p>
 * It needs the IAM actions {@code sqs:GetQueueUrl} and {@code sqs:GetQueueAttributes}. A
 * policy that may not be looked at, or cannot be for now, admits nobody. Safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public final class QueuePolicy {

	private static final Logger logger = LoggerFactory.getLogger(QueuePolicy.class);

	// It holds up the start.
	private static final AwsRequestOverrideConfiguration BOUNDED = AwsRequestOverrideConfiguration.builder()
		.apiCallTimeout(Duration.ofSeconds(3))
		.build();

	private final SqsAsyncClient sqs;

	private final QueueAddress queue;

	/**
	 * Makes a look at a policy.
	 * @param sqs the client of SQS
	 * @param queue the URL, ARN or name of the queue
	 * @throws IllegalArgumentException if it is none of these
	 */
	public QueuePolicy(SqsAsyncClient sqs, String queue) {
		this.sqs = sqs;
		this.queue = QueueAddress.parse(queue);
	}

	/**
	 * Whether topics may send to the queue. Waits for SQS, in 3 s at most for each of two
	 * requests.
	 * @return {@code true} if the policy names SNS or a topic
	 */
	public boolean admitsTopics() {
		return new QueueResolver(this.sqs, this.queue).url()
			.thenCompose(this::policy)
			.thenApply((policy) -> policy.contains("sns.amazonaws.com") || policy.contains(":sns:"))
			.exceptionally(this::unknown)
			.join();
	}

	private CompletableFuture<String> policy(String url) {
		return this.sqs
			.getQueueAttributes(GetQueueAttributesRequest.builder()
				.queueUrl(url)
				.attributeNames(QueueAttributeName.POLICY)
				.overrideConfiguration(BOUNDED)
				.build())
			.thenApply((response) -> response.attributes().getOrDefault(QueueAttributeName.POLICY, ""));
	}

	private boolean unknown(Throwable failure) {
		logger.debug("Cannot find out who may send to queue {}: {}", this.queue,
				LogText.of(QueueFailures.unwrap(failure)));
		return false;
	}

}
