package io.pubsub.local;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnectionFactory;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server with a thread for each connection, bound to the loopback address only. Its
 * threads do not keep the JVM alive.
 */
final class BlockingHttp implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(BlockingHttp.class);

	private static final byte[] LOOPBACK = { 127, 0, 0, 1 };

	private static final int BACKLOG = 256;

	// A client that sends half a request holds its own connection only, and not for
	// longer than this.
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	// User metadata may have any character: the bytes come back as they were sent.
	private static final DefaultBHttpServerConnectionFactory CONNECTIONS = DefaultBHttpServerConnectionFactory.builder()
		.charCodingConfig(CharCodingConfig.custom()
			.setCharset(StandardCharsets.ISO_8859_1)
			.setMalformedInputAction(CodingErrorAction.REPLACE)
			.setUnmappableInputAction(CodingErrorAction.REPLACE)
			.build())
		.build();

	private final ServerSocket listener;

	private final ExecutorService threads;

	private final HttpService service;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private BlockingHttp(ServerSocket listener, ExecutorService threads, Handler handler) {
		this.listener = listener;
		this.threads = threads;
		this.service = new HttpService(HttpProcessors.server(),
				(request, context) -> (read, response, ignored) -> handler.answer(read, response), null, null);
	}

	static BlockingHttp start(int port, String name, Handler handler) throws IOException {
		ServerSocket listener = new ServerSocket(port, BACKLOG, InetAddress.getByAddress(Actors.HOST, LOOPBACK));
		ExecutorService threads = Executors.newCachedThreadPool((task) -> newThread(task, name));
		BlockingHttp http = new BlockingHttp(listener, threads, handler);
		threads.execute(http::listen);
		return http;
	}

	private static Thread newThread(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	int port() {
		return this.listener.getLocalPort();
	}

	private void listen() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				this.open.add(socket);
				// Whoever closed the listener may not have seen this one.
				if (this.listener.isClosed()) {
					close(socket);
				}
				this.threads.execute(() -> serve(socket));
			}
			catch (IOException | RejectedExecutionException ex) {
				logger.debug("A connection was not accepted", ex);
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			socket.setSoTimeout((int) PATIENCE.toMillis());
			DefaultBHttpServerConnection connection = CONNECTIONS.createConnection(socket);
			while (connection.isOpen()) {
				this.service.handleRequest(connection, HttpCoreContext.create());
			}
		}
		// Clients leave as they like, and half a request is not worth a stack trace.
		catch (IOException | HttpException ex) {
			logger.debug("A connection has ended", ex);
		}
		finally {
			this.open.remove(socket);
		}
	}

	@Override
	public void close() {
		close(this.listener);
		this.open.forEach(BlockingHttp::close);
		this.threads.shutdownNow();
	}

	private static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			logger.debug("A socket does not close", ex);
		}
	}

	/**
	 * Answers requests.
	 */
	@FunctionalInterface
	interface Handler {

		void answer(ClassicHttpRequest request, ClassicHttpResponse response) throws IOException;

	}

}
