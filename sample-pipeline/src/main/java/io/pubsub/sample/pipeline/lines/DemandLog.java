package io.pubsub.sample.pipeline.lines;

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
 * Logs how many messages the queue is asked for: no more than there is room for in the
 * pipeline.
 */
@Component
class DemandLog implements SqsAsyncClientCustomizer, ExecutionInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(DemandLog.class);

	@Override
	public void customize(SqsAsyncClientBuilder builder) {
		builder.overrideConfiguration(
				builder.overrideConfiguration().copy((client) -> client.addExecutionInterceptor(this)));
	}

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
		if (context.request() instanceof ReceiveMessageRequest request) {
			logger.info("The queue is asked for {}", request.maxNumberOfMessages());
		}
	}

	@Override
	public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
		if (context.response() instanceof ReceiveMessageResponse response && response.hasMessages()) {
			logger.info("The queue gives {}", response.messages().size());
		}
	}

}
