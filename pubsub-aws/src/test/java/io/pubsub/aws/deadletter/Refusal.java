package io.pubsub.aws.deadletter;

import java.util.concurrent.atomic.AtomicInteger;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.SqsException;

/**
 * Has SQS refuse one kind of request.
 */
final class Refusal implements ExecutionInterceptor {

	private final Class<? extends SdkRequest> requests;

	private final String code;

	private final AtomicInteger granted;

	/**
	 * Refuses requests.
	 * @param requests the kind of requests
	 * @param code the code of the error
	 * @param granted the number of them that are carried out before
	 */
	Refusal(Class<? extends SdkRequest> requests, String code, int granted) {
		this.requests = requests;
		this.code = code;
		this.granted = new AtomicInteger(granted);
	}

	@Override
	public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
		if (this.requests.isInstance(context.request()) && this.granted.getAndDecrement() <= 0) {
			throw SqsException.builder()
				.message("refused")
				.statusCode(403)
				.awsErrorDetails(AwsErrorDetails.builder().errorCode(this.code).errorMessage("refused").build())
				.build();
		}
	}

}
