package io.pubsub.uri;

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
 * An HTTP server on the loopback interface that has the resources it is told to have, and
 * remembers what it was asked for.
 */
final class ResourceServer implements AutoCloseable {

	private final HttpServer server;

	private final Map<String, Answer> answers = new ConcurrentHashMap<>();

	private final List<Headers> requests = new CopyOnWriteArrayList<>();

	ResourceServer() {
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
		Answer answer = this.answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, "", ""));
		byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
		if (!answer.location().isEmpty()) {
			exchange.getResponseHeaders().set("Location", answer.location());
		}
		exchange.sendResponseHeaders(answer.status(), (body.length > 0) ? body.length : -1);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	String hostAndPort() {
		return "127.0.0.1:" + this.server.getAddress().getPort();
	}

	URI uri(String path) {
		return URI.create("http://" + hostAndPort() + path);
	}

	void put(String path, String body) {
		put(path, 200, body);
	}

	void put(String path, int status, String body) {
		this.answers.put(path, new Answer(status, body, ""));
	}

	void redirect(String path, String location) {
		this.answers.put(path, new Answer(302, "", location));
	}

	List<Headers> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private record Answer(int status, String body, String location) {

	}

}
