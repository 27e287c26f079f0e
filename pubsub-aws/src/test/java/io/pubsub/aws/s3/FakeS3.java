package io.pubsub.aws.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An HTTP server on the loopback interface that answers as S3 does, with the faults that
 * it is told to have. Its client has a single connection, so that one that is not given
 * back shows.
 */
final class FakeS3 implements AutoCloseable {

	static final String BUCKET = "files";

	private static final String DIGEST = "x-amz-meta-pubsub-sha256";

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final S3Client client;

	private final Map<String, Stored> objects = new ConcurrentHashMap<>();

	private final List<Request> requests = new CopyOnWriteArrayList<>();

	private final AtomicInteger puts = new AtomicInteger();

	private volatile Fault fault = Fault.NONE;

	private volatile int mostBytes = Integer.MAX_VALUE;

	private volatile Runnable beforeCut = () -> {
	};

	private volatile boolean brokenOff;

	private volatile Headers lastPut = new Headers();

	FakeS3() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::answer);
		this.server.setExecutor(this.threads);
		this.server.start();
		this.client = S3Client.builder()
			.endpointOverride(URI.create("http://127.0.0.1:" + this.server.getAddress().getPort()))
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
			.forcePathStyle(true)
			.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
			.serviceConfiguration((service) -> service.chunkedEncodingEnabled(false))
			.httpClientBuilder(
					Apache5HttpClient.builder().maxConnections(1).connectionAcquisitionTimeout(Duration.ofSeconds(20)))
			.build();
	}

	S3Client client() {
		return this.client;
	}

	/**
	 * Puts an object.
	 * @param key the key
	 * @param content the content
	 * @return the object, as an event tells of it
	 */
	S3Object put(String key, byte[] content) {
		Stored stored = Stored.of(content, "application/octet-stream", "");
		this.objects.put("/" + BUCKET + "/" + key, stored);
		return new S3Object(BUCKET, key, "ObjectCreated:Put", null, stored.eTag(), (long) content.length, "00",
				"eu-central-1", null);
	}

	void remove(String key) {
		this.objects.remove("/" + BUCKET + "/" + key);
	}

	byte[] content(String key) {
		return this.objects.get("/" + BUCKET + "/" + key).content();
	}

	String contentType(String key) {
		return this.objects.get("/" + BUCKET + "/" + key).contentType();
	}

	/**
	 * How often an object was stored by a client.
	 * @return the number
	 */
	int puts() {
		return this.puts.get();
	}

	void fault(Fault fault) {
		this.fault = fault;
	}

	/**
	 * Cuts each connection after some bytes of content.
	 * @param bytes the number of bytes
	 * @param before the action before a connection is cut
	 */
	void cutAfter(int bytes, Runnable before) {
		this.mostBytes = bytes;
		this.beforeCut = before;
	}

	List<Request> requests() {
		return this.requests;
	}

	/**
	 * Whether a client has gone before it had everything.
	 * @return {@code true} if an answer could not be sent to its end
	 */
	boolean isBrokenOff() {
		return this.brokenOff;
	}

	/**
	 * What the last client that stored an object said of it.
	 * @param name the name of the metadata
	 * @return the value, or {@code null}
	 */
	String lastMetadata(String name) {
		return this.lastPut.getFirst("x-amz-meta-" + name);
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.requests.add(new Request(exchange.getRequestMethod(), exchange.getRequestHeaders().getFirst("Range"),
				exchange.getRequestHeaders().getFirst("If-Match")));
		try (exchange) {
			if (this.fault.status != 0) {
				refuse(exchange, this.fault.status, this.fault.code);
			}
			else if (exchange.getRequestMethod().equals("PUT")) {
				store(exchange);
			}
			else {
				send(exchange, this.objects.get(exchange.getRequestURI().getPath()));
			}
		}
	}

	private void store(HttpExchange exchange) throws IOException {
		byte[] content = exchange.getRequestBody().readAllBytes();
		this.lastPut = exchange.getRequestHeaders();
		String path = exchange.getRequestURI().getPath();
		if ("*".equals(exchange.getRequestHeaders().getFirst("If-None-Match")) && this.objects.containsKey(path)) {
			refuse(exchange, 412, "PreconditionFailed");
			return;
		}
		Stored stored = Stored.of(content, exchange.getRequestHeaders().getFirst("Content-Type"),
				exchange.getRequestHeaders().getFirst(DIGEST));
		this.objects.put(path, stored);
		this.puts.incrementAndGet();
		exchange.getResponseHeaders().set("ETag", '"' + stored.eTag() + '"');
		exchange.sendResponseHeaders(200, -1);
	}

	private void send(HttpExchange exchange, Stored stored) throws IOException {
		String match = exchange.getRequestHeaders().getFirst("If-Match");
		if (stored == null) {
			refuse(exchange, 404, "NoSuchKey");
		}
		else if (match != null && !match.equals('"' + stored.eTag() + '"')) {
			refuse(exchange, 412, "PreconditionFailed");
		}
		else {
			exchange.getResponseHeaders().set("ETag", '"' + stored.eTag() + '"');
			exchange.getResponseHeaders().set(DIGEST, String.valueOf(stored.digest()));
			send(exchange, stored.content());
		}
	}

	private void send(HttpExchange exchange, byte[] content) throws IOException {
		String range = exchange.getRequestHeaders().getFirst("Range");
		int start = 0;
		int status = 200;
		if (range != null) {
			start = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
			status = 206;
			exchange.getResponseHeaders()
				.set("Content-Range", "bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
		}
		if (exchange.getRequestMethod().equals("HEAD")) {
			exchange.sendResponseHeaders(status, -1);
			return;
		}
		int rest = content.length - start;
		exchange.sendResponseHeaders(status, (rest > 0) ? rest : -1);
		if (rest > 0) {
			write(exchange.getResponseBody(), content, start, Math.min(rest, this.mostBytes));
		}
		if (rest > this.mostBytes) {
			this.beforeCut.run();
		}
	}

	private void write(OutputStream body, byte[] content, int start, int count) throws IOException {
		try {
			body.write(content, start, count);
			body.flush();
		}
		catch (IOException ex) {
			this.brokenOff = true;
			throw ex;
		}
	}

	private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
		byte[] body = "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code)
			.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", "application/xml");
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
	}

	@Override
	public void close() {
		this.client.close();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * The answers to any request, whatever is stored.
	 */
	enum Fault {

		NONE(0, ""), DENIED(403, "AccessDenied"), ARCHIVED(403, "InvalidObjectState"), NO_BUCKET(404, "NoSuchBucket"),
		NO_VERSION(404, "NoSuchVersion"), DELETE_MARKER(405, "MethodNotAllowed"), ELSEWHERE(301, "PermanentRedirect");

		private final int status;

		private final String code;

		Fault(int status, String code) {
			this.status = status;
			this.code = code;
		}

	}

	record Request(String method, String range, String ifMatch) {

	}

	private record Stored(byte[] content, String eTag, String contentType, String digest) {

		static Stored of(byte[] content, String contentType, String digest) {
			return new Stored(content, Integer.toHexString(Arrays.hashCode(content)), contentType, digest);
		}

	}

}
