package io.pubsub.aws.faults;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * Puts what is no JSON in the place of what receives have brought, as a proxy may, as
 * often as it is told to. By default it leaves them alone.
 */
final class WrongAnswers implements ExecutionInterceptor {

	private final AtomicInteger left = new AtomicInteger();

	void spoil(int receives) {
		this.left.set(receives);
	}

	int left() {
		return this.left.get();
	}

	@Override
	public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(Context.ModifyHttpResponse context,
			ExecutionAttributes attributes) {
		boolean spoiled = context.request() instanceof ReceiveMessageRequest
				&& this.left.getAndUpdate((left) -> Math.max(0, left - 1)) > 0;
		return spoiled ? context.responsePublisher().map(this::spoiled) : context.responsePublisher();
	}

	// As many bytes as were there: the length is right.
	private Publisher<ByteBuffer> spoiled(Publisher<ByteBuffer> content) {
		return SdkPublisher.adapt(content)
			.map((bytes) -> ByteBuffer.wrap("<".repeat(bytes.remaining()).getBytes(StandardCharsets.US_ASCII)));
	}

}
