package io.pubsub.aws.doctor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Puts an answer of AWS, as it comes over the wire, in the place of that of a broker.
 *
 * @param request the requests that are answered so
 * @param status the status
 * @param header the name of a header
 * @param value the value of the header
 * @param body the body
 */
record PlantedAnswer(Class<? extends SdkRequest> request, int status, String header, String value,
		String body) implements ExecutionInterceptor {

	/**
	 * The error of a service that speaks JSON.
	 */
	static PlantedAnswer json(Class<? extends SdkRequest> request, int status, String code, String message) {
		return new PlantedAnswer(request, status, "x-amzn-query-error", code + ";Sender",
				"{\"__type\":\"com.amazon.coral.service#%s\",\"message\":\"%s\"}".formatted(code, message));
	}

	/**
	 * The error of a service that speaks XML.
	 */
	static PlantedAnswer xml(Class<? extends SdkRequest> request, int status, String code, String message) {
		return new PlantedAnswer(request, status, "Content-Type", "text/xml",
				"<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>"
					.formatted(code, message));
	}

	@Override
	public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
		return this.request.isInstance(context.request())
				? context.httpResponse().toBuilder().statusCode(this.status).putHeader(this.header, this.value).build()
				: context.httpResponse();
	}

	@Override
	public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(Context.ModifyHttpResponse context,
			ExecutionAttributes attributes) {
		return this.request.isInstance(context.request()) ? context.responsePublisher().map(this::replaced)
				: context.responsePublisher();
	}

	private Publisher<ByteBuffer> replaced(Publisher<ByteBuffer> content) {
		return SdkPublisher.adapt(content)
			.map((bytes) -> ByteBuffer.allocate(0))
			.addTrailingData(() -> List.of(ByteBuffer.wrap(this.body.getBytes(StandardCharsets.UTF_8))));
	}

}
