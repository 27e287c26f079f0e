package io.pubsub.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * An HTTP server where SNS and SQS should be, as a proxy is one, and the clients of AWS
 * that take it for them.
 */
final class ForeignServer implements AutoCloseable {

	private static final AwsCredentialsProvider CREDENTIALS = StaticCredentialsProvider
		.create(AwsBasicCredentials.create("test", "test"));

	private final AtomicInteger requests = new AtomicInteger();

	private final HttpServer server;

	private final SnsAsyncClient sns;

	private final SnsClient blockingSns;

	private final SqsAsyncClient sqs;

	/**
	 * Makes a server.
	 * @param contentType the content type of its answers
	 * @param body the body of its answers, whatever it is asked; {@code null} for a
	 * server that never answers
	 */
	ForeignServer(String contentType, @Nullable String body) {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", (exchange) -> {
			this.requests.incrementAndGet();
			if (body != null) {
				answer(exchange, contentType, body.getBytes(StandardCharsets.UTF_8));
			}
		});
		this.server.start();
		this.sns = SnsAsyncClient.builder()
			.endpointOverride(endpoint())
			.region(Region.EU_WEST_1)
			.credentialsProvider(CREDENTIALS)
			.build();
		this.blockingSns = SnsClient.builder()
			.endpointOverride(endpoint())
			.region(Region.EU_WEST_1)
			.credentialsProvider(CREDENTIALS)
			.build();
		this.sqs = SqsAsyncClient.builder()
			.endpointOverride(endpoint())
			.region(Region.EU_WEST_1)
			.credentialsProvider(CREDENTIALS)
			.build();
	}

	private static void answer(HttpExchange exchange, String contentType, byte[] body) throws IOException {
		exchange.getRequestBody().readAllBytes();
		exchange.getResponseHeaders().add("Content-Type", contentType);
		exchange.sendResponseHeaders(200, (body.length == 0) ? -1 : body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	URI endpoint() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	int requests() {
		return this.requests.get();
	}

	SnsAsyncClient sns() {
		return this.sns;
	}

	SnsClient blockingSns() {
		return this.blockingSns;
	}

	SqsAsyncClient sqs() {
		return this.sqs;
	}

	@Override
	public void close() {
		this.sns.close();
		this.blockingSns.close();
		this.sqs.close();
		this.server.stop(0);
	}

}
