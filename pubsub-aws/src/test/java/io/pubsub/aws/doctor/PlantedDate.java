package io.pubsub.aws.doctor;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Puts another time on every answer.
 *
 * @param date the time, as HTTP writes it
 */
record PlantedDate(String date) implements ExecutionInterceptor {

	@Override
	public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
		return context.httpResponse().toBuilder().putHeader("Date", this.date).build();
	}

}
