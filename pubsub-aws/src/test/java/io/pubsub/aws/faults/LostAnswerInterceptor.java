package io.pubsub.aws.faults;

import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;

/**
 * Loses the answer to every fifth batch of deletes, which was carried out.
 */
final class LostAnswerInterceptor implements ExecutionInterceptor {

	private static final int EVERY = 5;

	private final AtomicInteger batches = new AtomicInteger();

	int lost() {
		return this.batches.get() / EVERY;
	}

	@Override
	public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
		if (context.request() instanceof DeleteMessageBatchRequest && this.batches.incrementAndGet() % EVERY == 0) {
			throw SdkClientException.create("The answer was lost");
		}
		return context.response();
	}

}
