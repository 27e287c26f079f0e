package io.pubsub.local;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.pubsub.local.internal.s3.EventDestination;
import io.pubsub.local.internal.sns.Sns;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The queues and the topics of the broker, as S3 sends to them.
 */
final class S3Events implements EventDestination {

	private static final String QUEUE = "arn:aws:sqs:";

	private static final int OK = 200;

	private final Queues queues;

	private final Sns sns;

	S3Events(Queues queues, Sns sns) {
		this.queues = queues;
		this.sns = sns;
	}

	@Override
	public boolean send(String arn, String message) {
		return arn.startsWith(QUEUE) ? sendToQueue(arn, message) : publish(arn, message);
	}

	private boolean sendToQueue(String arn, String message) {
		String url = this.queues.url(arn.substring(arn.lastIndexOf(':') + 1));
		try {
			this.queues.client().sendMessage((request) -> request.queueUrl(url).messageBody(message));
			return true;
		}
		catch (SqsException ex) {
			return false;
		}
	}

	private boolean publish(String arn, String message) {
		String form = "Action=Publish&Subject=Amazon+S3+Notification&TopicArn=%s&Message=%s".formatted(encode(arn),
				encode(message));
		return this.sns.answer(form, null).status() == OK;
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
