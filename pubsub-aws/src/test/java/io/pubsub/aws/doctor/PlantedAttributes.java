package io.pubsub.aws.doctor;

import java.util.HashMap;
import java.util.Map;

import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;

/**
 * Gives a queue attributes that a broker does not have, and leaves subscriptions
 * unconfirmed.
 *
 * @param queue the name of the queue, or a pattern for it
 * @param attributes the attributes
 */
record PlantedAttributes(String queue, Map<String, String> attributes) implements ExecutionInterceptor {

	@Override
	public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes execution) {
		if (context.response() instanceof GetQueueAttributesResponse response
				&& context.request() instanceof GetQueueAttributesRequest request
				&& request.queueUrl().matches(".*/" + this.queue)) {
			Map<String, String> all = new HashMap<>(response.attributesAsStrings());
			all.putAll(this.attributes);
			return response.toBuilder().attributesWithStrings(all).build();
		}
		if (context.response() instanceof ListSubscriptionsByTopicResponse response && this.queue.isEmpty()) {
			return response.toBuilder()
				.subscriptions(response.subscriptions()
					.stream()
					.map((one) -> one.toBuilder().subscriptionArn("PendingConfirmation").build())
					.toList())
				.build();
		}
		return context.response();
	}

}
