package io.pubsub.local.internal.sns;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Puts messages on the queue of a subscription. What the queue refuses goes to the
 * subscription's dead-letter queue, or is dropped, as SNS does after a client-side error.
 */
final class QueueDelivery {

	private static final Logger logger = LoggerFactory.getLogger(QueueDelivery.class);

	private static final int SERVER_ERROR = 500;

	private final SqsClient sqs;

	private final URI endpoint;

	QueueDelivery(SqsClient sqs, URI endpoint) {
		this.sqs = sqs;
		this.endpoint = endpoint;
	}

	void deliver(Subscription subscription, List<QueueMessage> messages) {
		List<QueueMessage> fitting = messages.stream().filter((message) -> fits(subscription, message)).toList();
		// ElasticMQ does not keep the order of a batch.
		if (fitting.size() == 1 || Arns.isFifo(subscription.queueArn())) {
			fitting.forEach((message) -> deliver(subscription, message));
			return;
		}
		QueueMessage.batches(fitting).forEach((batch) -> deliverBatch(subscription, batch));
	}

	private boolean fits(Subscription subscription, QueueMessage message) {
		int attributes = message.attributes().size();
		if (attributes <= QueueMessage.MOST_ATTRIBUTES) {
			return true;
		}
		refused(subscription, message, new Refusal("InvalidParameterValue",
				"raw delivery allows 10 message attributes, and there are " + attributes));
		return false;
	}

	private void deliver(Subscription subscription, QueueMessage message) {
		try {
			send(subscription.queueArn(), message);
		}
		catch (AwsServiceException ex) {
			refused(subscription, message, clientError(ex));
		}
	}

	private void deliverBatch(Subscription subscription, List<QueueMessage> batch) {
		List<SendMessageBatchRequestEntry> entries = IntStream.range(0, batch.size())
			.mapToObj((index) -> batch.get(index).toEntry(index))
			.toList();
		try {
			String queueUrl = queueUrl(subscription.queueArn());
			List<BatchResultErrorEntry> failed = this.sqs
				.sendMessageBatch((request) -> request.queueUrl(queueUrl).entries(entries))
				.failed();
			failed.forEach((entry) -> refused(subscription, batch.get(Integer.parseInt(entry.id())),
					new Refusal(entry.code(), entry.message())));
		}
		catch (AwsServiceException ex) {
			Refusal refusal = clientError(ex);
			batch.forEach((message) -> refused(subscription, message, refusal));
		}
	}

	private void send(String queueArn, QueueMessage message) {
		this.sqs.sendMessage((request) -> request.queueUrl(queueUrl(queueArn))
			.messageBody(message.body())
			.messageAttributes(message.attributes())
			.messageSystemAttributes(message.systemAttributes())
			.messageGroupId(message.groupId())
			.messageDeduplicationId(message.deduplicationId()));
	}

	private void refused(Subscription subscription, QueueMessage message, Refusal refusal) {
		String deadLetterQueueArn = subscription.attributes().deadLetterQueueArn();
		if (deadLetterQueueArn == null) {
			logger.warn("Message {} is dropped: queue {} of subscription {} refused it ({}: {})",
					message.notificationId(), subscription.queueArn(), subscription, refusal.code(), refusal.reason());
			return;
		}
		try {
			send(deadLetterQueueArn, message);
		}
		catch (AwsServiceException ex) {
			logger.warn(
					"Message {} is dropped: queue {} and dead-letter queue {} of subscription {} refused it ({}: {})",
					message.notificationId(), subscription.queueArn(), deadLetterQueueArn, subscription, refusal.code(),
					clientError(ex).reason());
		}
	}

	// The publisher is told of a server's error, and may try again.
	private static Refusal clientError(AwsServiceException ex) {
		if (ex.statusCode() >= SERVER_ERROR) {
			throw ex;
		}
		return new Refusal(ex.awsErrorDetails().errorCode(), ex.awsErrorDetails().errorMessage());
	}

	private String queueUrl(String queueArn) {
		return "%s/%s/%s".formatted(this.endpoint, Arns.ACCOUNT, Arns.queueName(queueArn));
	}

}
