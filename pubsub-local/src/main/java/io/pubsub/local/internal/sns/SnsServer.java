package io.pubsub.local.internal.sns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * SNS over HTTP, bound to the loopback address only.
 */
public final class SnsServer implements AutoCloseable {

	private static final String HOST = "127.0.0.1";

	private static final byte[] LOOPBACK = { 127, 0, 0, 1 };

	private static final int THREADS = 16;

	// Without it, each answer waits 40 ms for the client's acknowledgement of the
	// headers.
	// The JDK reads it once, before the first server.
	private static final String NO_DELAY = "sun.net.httpserver.nodelay";

	static {
		if (System.getProperty(NO_DELAY) == null) {
			System.setProperty(NO_DELAY, "true");
		}
	}

	private final HttpServer http;

	private final ExecutorService threads;

	private final Topics topics;

	private final QueryApi api;

	private SnsServer(HttpServer http, SqsClient sqs, URI sqsEndpoint, Clock clock) {
		this.http = http;
		this.topics = new Topics(clock);
		QueueMessages messages = new QueueMessages(new Envelope(endpoint()));
		this.api = new QueryApi(this.topics, new Publisher(messages, new QueueDelivery(sqs, sqsEndpoint), clock));
		this.threads = Executors.newFixedThreadPool(THREADS, SnsServer::newThread);
	}

	/**
	 * Start the server.
	 * @param port the port, 0 for a free one
	 * @param sqs the client that delivers
	 * @param sqsEndpoint where the queues are
	 * @return the server, answering
	 * @throws IOException if the port cannot be bound
	 */
	public static SnsServer start(int port, SqsClient sqs, URI sqsEndpoint) throws IOException {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(HOST, LOOPBACK), port);
		SnsServer server = new SnsServer(HttpServer.create(address, 0), sqs, sqsEndpoint, Clock.systemUTC());
		server.http.setExecutor(server.threads);
		server.http.createContext("/", server::handle);
		server.http.start();
		return server;
	}

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "pubsub-local-sns");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Return where SNS clients connect to.
	 * @return the endpoint
	 */
	public URI endpoint() {
		return URI.create("http://%s:%d".formatted(HOST, this.http.getAddress().getPort()));
	}

	/**
	 * Create a topic, unless it exists.
	 * @param name the topic's name
	 * @param attributes its attributes
	 * @return its ARN
	 */
	public String createTopic(String name, Map<String, String> attributes) {
		return this.topics.create(name, attributes).arn();
	}

	/**
	 * Subscribe a queue to a topic, unless it is subscribed.
	 * @param topicArn the ARN of the topic
	 * @param queueArn the ARN of the queue
	 * @param attributes attributes of the subscription
	 * @return the ARN of the subscription
	 */
	public String subscribe(String topicArn, String queueArn, Map<String, String> attributes) {
		return this.topics.subscribe(topicArn, queueArn, attributes).arn();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			byte[] body = exchange.getRequestBody().readAllBytes();
			String query = exchange.getRequestURI().getRawQuery();
			String form = new String(body, StandardCharsets.UTF_8);
			QueryApi.Answer answer = this.api.answer((query != null) ? query + "&" + form : form);
			byte[] xml = answer.body().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=utf-8");
			exchange.sendResponseHeaders(answer.status(), xml.length);
			exchange.getResponseBody().write(xml);
		}
	}

	@Override
	public void close() {
		this.http.stop(0);
		this.threads.shutdownNow();
	}

}
