package io.pubsub.local;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.pubsub.local.internal.policy.ResourcePolicy;
import io.pubsub.local.internal.policy.ServiceCall;
import io.pubsub.local.internal.s3.EventDestination;
import io.pubsub.local.internal.sns.Arns;
import io.pubsub.local.internal.sns.Sns;
import io.pubsub.local.internal.sqs.QueuePolicies;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * The queues and the topics of the broker, as S3 sends to them.
 */
final class S3Events implements EventDestination {

	private static final String SERVICE = "s3.amazonaws.com";

	private static final int OK = 200;

	private final Queues queues;

	private final QueuePolicies policies;

	private final Sns sns;

	S3Events(Queues queues, QueuePolicies policies, Sns sns) {
		this.queues = queues;
		this.policies = policies;
		this.sns = sns;
	}

	@Override
	public @Nullable String refusal(String bucket, String arn) {
		String kind = Arns.isQueue(arn) ? "queue" : "topic";
		String refusal = ResourcePolicy.of(policy(arn)).refusal(call(bucket, arn));
		if (refusal == null) {
			return null;
		}
		if (!exists(arn)) {
			return "The destination %s does not exist".formatted(kind);
		}
		return "Permissions on the destination %s do not allow S3 to publish notifications from this bucket (%s)"
			.formatted(kind, refusal);
	}

	private @Nullable String policy(String arn) {
		return Arns.isQueue(arn) ? this.policies.get(queue(arn)) : this.sns.policy(arn);
	}

	private boolean exists(String arn) {
		return Arns.isQueue(arn) ? this.queues.exists(queue(arn)) : this.sns.policy(arn) != null;
	}

	private static ServiceCall call(String bucket, String arn) {
		return new ServiceCall(SERVICE, Arns.isQueue(arn) ? "sqs:SendMessage" : "sns:Publish", arn,
				"arn:aws:s3:::" + bucket, Arns.ACCOUNT);
	}

	private static String queue(String arn) {
		return arn.substring(arn.lastIndexOf(':') + 1);
	}

	@Override
	public void allow(String bucket, String arn) {
		String name = "pubsub-local-" + bucket;
		ServiceCall call = call(bucket, arn);
		if (!exists(arn)) {
			return;
		}
		if (Arns.isQueue(arn)) {
			this.policies.change(queue(arn), (policy) -> ResourcePolicy.of(policy).allowing(name, call));
		}
		else {
			this.sns.policy(arn, (policy) -> ResourcePolicy.of(policy).allowing(name, call));
		}
	}

	@Override
	public boolean send(String arn, String message) {
		return Arns.isQueue(arn) ? sendToQueue(arn, message) : publish(arn, message);
	}

	private boolean sendToQueue(String arn, String message) {
		String url = this.queues.url(queue(arn));
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
