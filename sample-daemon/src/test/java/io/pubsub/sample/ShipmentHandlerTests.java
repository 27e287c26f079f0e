package io.pubsub.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pubsub.autoconfigure.test.PubSubTest;
import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShipmentHandler}.
 */
@PubSubTest
class ShipmentHandlerTests {

	private static HttpServer courier;

	@Autowired
	private NoticeBoard board;

	@Autowired
	private PubSubTester pubsub;

	@BeforeAll
	static void startCourier() throws IOException {
		courier = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		courier.createContext("/", ShipmentHandlerTests::answer);
		courier.start();
	}

	@AfterAll
	static void stopCourier() {
		courier.stop(0);
	}

	@DynamicPropertySource
	static void allowCourier(DynamicPropertyRegistry properties) {
		properties.add("pubsub.uri.allowed-hosts", ShipmentHandlerTests::hostAndPort);
	}

	@Test
	void pinsWhatTheCourierKnows() {
		this.pubsub.queue()
			.send("""
					{"mediaType": "application/vnd.example.pubsub._.created.shipment", "uri": "http://%s/shipments/1"}"""
				.formatted(hostAndPort()));
		assertThat(this.board.notices())
			.containsExactly("Order 6f1c9e52-0d5c-4f0e-9a57-1f4b7a3f0001 is on its way with Swift Snails");
		assertThat(this.pubsub.queue().size()).isZero();
	}

	private static String hostAndPort() {
		return "127.0.0.1:" + courier.getAddress().getPort();
	}

	private static void answer(HttpExchange exchange) throws IOException {
		byte[] shipment = """
				{"order": "6f1c9e52-0d5c-4f0e-9a57-1f4b7a3f0001", "carrier": "Swift Snails"}
				""".getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, shipment.length);
		exchange.getResponseBody().write(shipment);
		exchange.close();
	}

}
