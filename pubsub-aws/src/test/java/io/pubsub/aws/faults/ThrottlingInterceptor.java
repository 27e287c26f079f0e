package io.pubsub.aws.faults;

import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Refuses one call in ten as SQS does when there are too many, after all repetitions by
 * the client; and all deletes if it is told to.
 */
final class ThrottlingInterceptor implements ExecutionInterceptor {

	private static final int EVERY = 10;

	private final AtomicInteger calls = new AtomicInteger();

	private volatile boolean refusingDeletes;

	void refuseDeletes(boolean refusing) {
		this.refusingDeletes = refusing;
	}

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
		boolean refused = this.refusingDeletes && context.request() instanceof DeleteMessageBatchRequest;
		if (refused || this.calls.incrementAndGet() % EVERY == 0) {
			throw SqsException.builder()
				.statusCode(403)
				.awsErrorDetails(AwsErrorDetails.builder()
					.errorCode("RequestThrottled")
					.errorMessage("Request is throttled.")
					.build())
				.message("Request is throttled.")
				.build();
		}
	}

}
