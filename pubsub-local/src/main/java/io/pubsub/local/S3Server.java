package io.pubsub.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.pubsub.local.internal.http.Doorkeeper;
import io.pubsub.local.internal.s3.EventDestination;
import io.pubsub.local.internal.s3.S3;
import io.pubsub.local.internal.s3.S3Answer;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;

/**
 * S3 over HTTP, bound to the loopback address only.
 * <p>
 * Not with the actors of the others: an object is a stream for a thread that waits, and
 * headers such as {@code Content-Type} must come back as they were sent.
 */
final class S3Server implements AutoCloseable {

	private final S3 s3;

	private final BlockingHttp http;

	private S3Server(S3 s3, int port) throws IOException {
		this.s3 = s3;
		this.http = BlockingHttp.start(port, "pubsub-local-s3", this::answer);
	}

	static S3Server start(int port, EventDestination destination) {
		try {
			return new S3Server(new S3(Clock.systemUTC(), destination), port);
		}
		catch (IOException ex) {
			throw StartFailure.describe("S3", port, ex);
		}
	}

	URI endpoint() {
		return URI.create("http://%s:%d".formatted(Actors.HOST, this.http.port()));
	}

	S3 s3() {
		return this.s3;
	}

	private void answer(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException {
		Map<String, String> headers = headers(request);
		String reason = Doorkeeper.refusal(headers.get("host"), headers.get("origin"), headers.get("sec-fetch-site"));
		if (reason != null) {
			response.setCode(HttpStatus.SC_FORBIDDEN);
			response.setEntity(new StringEntity(reason, StandardCharsets.UTF_8));
			return;
		}
		write(this.s3.answer(request.getMethod(), request.getPath(), headers, body(request.getEntity())), response);
	}

	private static InputStream body(@Nullable HttpEntity entity) throws IOException {
		return (entity != null) ? entity.getContent() : InputStream.nullInputStream();
	}

	private static Map<String, String> headers(ClassicHttpRequest request) {
		Map<String, String> headers = new HashMap<>();
		for (Header header : request.getHeaders()) {
			headers.merge(header.getName().toLowerCase(Locale.ROOT), header.getValue(),
					(earlier, later) -> earlier + "," + later);
		}
		return headers;
	}

	private static void write(S3Answer answer, ClassicHttpResponse response) {
		response.setCode(answer.status());
		answer.headers().forEach(response::setHeader);
		InputStream body = (answer.body() != null) ? answer.body() : InputStream.nullInputStream();
		if (answer.status() != HttpStatus.SC_NO_CONTENT && answer.status() != HttpStatus.SC_NOT_MODIFIED) {
			response.setEntity(new InputStreamEntity(body, answer.length(), null));
		}
		response.setHeader(HttpHeaders.SERVER, "pubsub-local");
	}

	@Override
	public void close() {
		this.http.close();
		this.s3.close();
	}

}
