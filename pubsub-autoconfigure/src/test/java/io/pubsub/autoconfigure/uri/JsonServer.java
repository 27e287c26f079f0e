package io.pubsub.autoconfigure.uri;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server that answers with JSON on the loopback address, and remembers what it was
 * asked for.
 */
final class JsonServer implements AutoCloseable {

	private final HttpServer server;

	private final Map<String, String> answers = new ConcurrentHashMap<>();

	private final List<Headers> requests = new CopyOnWriteArrayList<>();

	JsonServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.requests.add(exchange.getRequestHeaders());
		byte[] body = this.answers.getOrDefault(exchange.getRequestURI().getPath(), "")
			.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders((body.length > 0) ? 200 : 404, (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	String hostAndPort() {
		return "127.0.0.1:" + this.server.getAddress().getPort();
	}

	URI uri(String path) {
		return URI.create("http://" + hostAndPort() + path);
	}

	void put(String path, String json) {
		this.answers.put(path, json);
	}

	List<Headers> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
