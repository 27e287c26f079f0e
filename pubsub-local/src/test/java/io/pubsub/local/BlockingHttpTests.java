package io.pubsub.local;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BlockingHttp} and {@link S3Server}.
 */
class BlockingHttpTests {

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	@Test
	void keepsNothingOfAnUploadThatIsCutOff() throws IOException {
		String bucket = running.bucket();
		assertThat(raw("PUT /" + bucket + "/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhello"))
			.isEmpty();
		assertThatExceptionOfType(NoSuchKeyException.class)
			.isThrownBy(() -> running.s3().headObject((request) -> request.bucket(bucket).key("k")));
	}

	@Test
	void findsTheBucketInTheHostName() throws IOException {
		String bucket = running.bucket();
		assertThat(raw("PUT /k HTTP/1.1\r\nHost: " + bucket + ".localhost:1\r\nContent-Length: 5\r\n\r\nhello"))
			.startsWith("HTTP/1.1 200 OK");
		assertThat(running.s3().getObjectAsBytes((request) -> request.bucket(bucket).key("k")).asUtf8String())
			.isEqualTo("hello");
	}

	@Test
	void endsTheConnectionsOfABrokerThatStops() throws IOException {
		LocalBroker broker = LocalBroker.start();
		try (Socket socket = connect(broker.s3Endpoint())) {
			socket.getOutputStream()
				.write("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(socket.getInputStream().read()).isEqualTo('H');
			broker.close();
			assertThat(socket.getInputStream().readAllBytes()).endsWith("\r\n".getBytes(StandardCharsets.US_ASCII));
		}
	}

	private static String raw(String request) throws IOException {
		try (Socket socket = connect(running.broker().s3Endpoint())) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static Socket connect(URI endpoint) throws IOException {
		Socket socket = new Socket(endpoint.getHost(), endpoint.getPort());
		socket.setSoTimeout(20_000);
		return socket;
	}

}
