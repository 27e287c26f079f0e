package io.pubsub.benchmarks.client;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.S3Request;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * Counts the requests of clients as they go out, repeated ones again, and the messages
 * that were deleted. Safe for use by many threads.
 */
public final class RequestCounter implements ExecutionInterceptor {

	private final LongAdder receives = new LongAdder();

	private final LongAdder others = new LongAdder();

	private final LongAdder objectRequests = new LongAdder();

	private final LongAdder deleted = new LongAdder();

	private final AtomicReference<@Nullable Runnable> onReceive = new AtomicReference<>();

	@Override
	public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
		SdkRequest request = context.request();
		if (request instanceof ReceiveMessageRequest) {
			this.receives.increment();
			Runnable first = (this.onReceive.get() != null) ? this.onReceive.getAndSet(null) : null;
			if (first != null) {
				first.run();
			}
		}
		else if (request instanceof S3Request) {
			this.objectRequests.increment();
		}
		else {
			this.others.increment();
		}
	}

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
		SdkResponse response = context.response();
		if (response instanceof DeleteMessageBatchResponse batch) {
			this.deleted.add(batch.successful().size());
		}
		else if (response instanceof DeleteMessageResponse) {
			this.deleted.increment();
		}
	}

	/**
	 * Return the number of receives.
	 * @return the number until now
	 */
	public long receives() {
		return this.receives.sum();
	}

	/**
	 * Return the number of requests to S3.
	 * @return the number until now
	 */
	public long objectRequests() {
		return this.objectRequests.sum();
	}

	/**
	 * Return the number of other requests.
	 * @return the number of deletes, publishes and whatever else
	 */
	public long others() {
		return this.others.sum();
	}

	/**
	 * Return the number of messages that were deleted.
	 * @return the number until now
	 */
	public long deleted() {
		return this.deleted.sum();
	}

	/**
	 * Set what happens when the first message is asked for.
	 * @param action the action, which runs before the request goes out
	 */
	public void onFirstReceive(Runnable action) {
		this.onReceive.set(action);
	}

}
