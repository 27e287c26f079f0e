package io.pubsub.aws.faults;

import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Counts the requests that leave a client, those that it repeats by itself among them.
 */
final class RequestCounter implements ExecutionInterceptor {

	private final AtomicInteger requests = new AtomicInteger();

	@Override
	public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
		this.requests.incrementAndGet();
	}

	int requests() {
		return this.requests.get();
	}

}
