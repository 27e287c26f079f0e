package io.pubsub.aws.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;

/**
 * Leaves the first entry out of every second batch of deletes, and answers that it has
 * failed.
 */
final class PartialFailureInterceptor implements ExecutionInterceptor {

	private static final ExecutionAttribute<String> FAILED = new ExecutionAttribute<>("FailedEntry");

	private final AtomicInteger batches = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	int failures() {
		return this.failures.get();
	}

	@Override
	public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
		// A batch must not be empty.
		if (!(context.request() instanceof DeleteMessageBatchRequest request) || request.entries().size() < 2
				|| this.batches.incrementAndGet() % 2 == 0) {
			return context.request();
		}
		List<DeleteMessageBatchRequestEntry> rest = new ArrayList<>(request.entries());
		attributes.putAttribute(FAILED, rest.remove(0).id());
		this.failures.incrementAndGet();
		return request.toBuilder().entries(rest).build();
	}

	@Override
	public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
		String failed = attributes.getAttribute(FAILED);
		if (failed == null) {
			return context.response();
		}
		return ((DeleteMessageBatchResponse) context.response()).toBuilder()
			.failed(BatchResultErrorEntry.builder().id(failed).code("InternalError").senderFault(false).build())
			.build();
	}

}
