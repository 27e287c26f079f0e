package io.pubsub.aws.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP server that answers every request as S3 does, with an object that it makes
 * while it sends it.
 */
final class LargeObject implements AutoCloseable {

	static final int LINES = 2 * 1024 * 1024;

	private static final String LINE = "x".repeat(1023) + "\n";

	private static final int LINES_AT_ONCE = 64;

	private static final long SIZE = (long) LINES * LINE.length();

	private static final String E_TAG = "6805f2cfc46c0f04559748bb039d69ae";

	private final HttpServer server;

	LargeObject() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", LargeObject::answer);
		this.server.start();
	}

	URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	/**
	 * The record in which S3 would tell of it.
	 * @return JSON
	 */
	static String record() {
		return ObjectBucket.record("files", "large.txt", SIZE, E_TAG);
	}

	private static void answer(HttpExchange exchange) throws IOException {
		byte[] lines = LINE.repeat(LINES_AT_ONCE).getBytes(StandardCharsets.US_ASCII);
		exchange.getResponseHeaders().set("ETag", '"' + E_TAG + '"');
		exchange.sendResponseHeaders(200, SIZE);
		try (OutputStream content = exchange.getResponseBody()) {
			for (int sent = 0; sent < LINES; sent += LINES_AT_ONCE) {
				content.write(lines);
			}
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
