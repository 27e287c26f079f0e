package io.pubsub.aws.doctor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * Answers requests with what is in a can, by the operation that the request names.
 *
 * @param status the status
 * @param answers the bodies by operation; the one without a name for all others
 */
record CannedHttpClient(int status, Map<String, String> answers) implements SdkAsyncHttpClient {

	@Override
	public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
		String target = request.request().firstMatchingHeader("X-Amz-Target").orElse("");
		byte[] body = this.answers.getOrDefault(target.substring(target.indexOf('.') + 1), "")
			.getBytes(StandardCharsets.UTF_8);
		request.responseHandler().onHeaders(SdkHttpResponse.builder().statusCode(this.status).build());
		request.responseHandler().onStream(SdkPublisher.fromIterable(List.of(ByteBuffer.wrap(body))));
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void close() {
	}

}
