package io.pubsub.sample.pipeline.lines;

import java.util.concurrent.atomic.AtomicInteger;

import io.awspring.cloud.autoconfigure.sqs.SqsAsyncClientCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsAsyncClientBuilder;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

import org.springframework.stereotype.Component;

/**
 * Logs how many messages the pipeline asks the queue for: no more than it has room for.
 * While the queue is empty, it asks again and again for the same, which is logged once.
 */
@Component
class DemandLog implements SqsAsyncClientCustomizer, ExecutionInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(DemandLog.class);

	private final AtomicInteger asked = new AtomicInteger();

	@Override
	public void customize(SqsAsyncClientBuilder builder) {
		builder.overrideConfiguration(
				builder.overrideConfiguration().copy((client) -> client.addExecutionInterceptor(this)));
	}

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
		if (context.request() instanceof ReceiveMessageRequest request
				&& this.asked.getAndSet(request.maxNumberOfMessages()) != request.maxNumberOfMessages()) {
			logger.info("line-counts asks the queue for {}", request.maxNumberOfMessages());
		}
	}

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
		if (context.response() instanceof ReceiveMessageResponse response && !response.messages().isEmpty()) {
			logger.info("The queue gives {}", response.messages().size());
			this.asked.set(0);
		}
	}

}
