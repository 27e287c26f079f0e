package io.pubsub.sample.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * The HTTP endpoint of another company, on the loopback interface. It announces a
 * shipment before it can tell of it, so that the first question is answered with 404.
 */
final class Courier implements AutoCloseable {

	private static final byte[] SHIPMENT = """
			{"order": "6f1c9e52-0d5c-4f0e-9a57-1f4b7a3f0001", "carrier": "Swift Snails"}
			""".getBytes(StandardCharsets.UTF_8);

	private static final int OK = 200;

	private static final int NOT_FOUND = 404;

	private final HttpServer server;

	private final AtomicBoolean asked = new AtomicBoolean();

	Courier() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/shipments/1", this::answer);
		this.server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		if (this.asked.getAndSet(true)) {
			exchange.sendResponseHeaders(OK, SHIPMENT.length);
			exchange.getResponseBody().write(SHIPMENT);
		}
		else {
			exchange.sendResponseHeaders(NOT_FOUND, -1);
		}
		exchange.close();
	}

	String hostAndPort() {
		return "127.0.0.1:" + this.server.getAddress().getPort();
	}

	URI shipment() {
		return URI.create("http://" + hostAndPort() + "/shipments/1");
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
