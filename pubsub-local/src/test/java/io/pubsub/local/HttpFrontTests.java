package io.pubsub.local;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what the servers of the broker do before they look at a request.
 */
class HttpFrontTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	static Stream<URI> endpoints() {
		return Stream.of(running.broker().sqsEndpoint(), running.broker().snsEndpoint(), running.broker().s3Endpoint());
	}

	static Stream<URI> endpointsOfMessages() {
		return Stream.of(running.broker().sqsEndpoint(), running.broker().snsEndpoint());
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void refusesAnotherHostName(URI endpoint) throws IOException {
		assertThat(raw(endpoint, "GET /?Action=ListQueues HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 403")
			.endsWith("answers requests to localhost only, not to another host name");
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void refusesWebPagesOfOthers(URI endpoint) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(endpoint).header("Origin", "https://evil.example").build();
		assertThat(send(request).statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@MethodSource("endpointsOfMessages")
	void refusesABodyThatIsTooLarge(URI endpoint) throws IOException {
		assertThat(raw(endpoint, "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
				+ (8 * 1024 * 1024 + 1) + "\r\n\r\n"))
			.startsWith("HTTP/1.1 413");
	}

	@ParameterizedTest
	@MethodSource("endpoints")
	void answersWhileOthersHaveSentHalfARequest(URI endpoint) throws Exception {
		List<Socket> halves = IntStream.range(0, 64).mapToObj((index) -> sendHalf(endpoint, index)).toList();
		assertThat(send(HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(20)).build()).statusCode())
			.isLessThan(500);
		halves.forEach(HttpFrontTests::close);
	}

	private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static Socket sendHalf(URI endpoint, int index) {
		String[] halves = { "POST / HT", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nActi" };
		try {
			Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
			socket.getOutputStream().write(halves[index % halves.length].getBytes(StandardCharsets.US_ASCII));
			return socket;
		}
		catch (IOException ex) {
			throw new AssertionError("The broker does not accept a connection", ex);
		}
	}

	private static String raw(URI endpoint, String request) throws IOException {
		try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new AssertionError("A socket does not close", ex);
		}
	}

}
