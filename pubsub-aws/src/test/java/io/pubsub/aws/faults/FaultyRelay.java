package io.pubsub.aws.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay between a client and a broker that spoils the connections.
 */
public final class FaultyRelay implements AutoCloseable {

	private static final int BUFFER = 64 * 1024;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Set<Socket> silent = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService repair = Executors.newSingleThreadScheduledExecutor();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final AtomicInteger answers = new AtomicInteger();

	private final AtomicInteger resets = new AtomicInteger();

	private final URI target;

	private final ServerSocket server;

	private volatile boolean cut;

	private volatile int resetEvery = Integer.MAX_VALUE;

	private volatile Duration delay = Duration.ZERO;

	public FaultyRelay(URI target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		run(this::accept);
	}

	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getLocalPort());
	}

	/**
	 * Resets all connections, and every new one for a while.
	 * @param duration the time for which they are reset
	 */
	void cutFor(Duration duration) {
		cut();
		this.repair.schedule(this::mend, duration.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Resets all connections, and every new one until it is mended.
	 */
	public void cut() {
		this.cut = true;
		this.sockets.forEach(FaultyRelay::reset);
	}

	public void mend() {
		this.cut = false;
	}

	/**
	 * Lets nothing more through on the connections that there are, and closes none.
	 */
	void silence() {
		this.silent.addAll(this.sockets);
	}

	/**
	 * Resets connections in the middle of an answer from now on.
	 * @param every the number of answers of which one is not finished
	 */
	public void resetEvery(int every) {
		this.resetEvery = every;
	}

	/**
	 * Makes every answer come later from now on.
	 * @param delay the time by which it is late
	 */
	void delay(Duration delay) {
		this.delay = delay;
	}

	boolean isCut() {
		return this.cut;
	}

	/**
	 * The number of answers that were not finished.
	 * @return the number until now
	 */
	public int resets() {
		return this.resets.get();
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.server.accept();
			if (this.cut) {
				reset(client);
			}
			else {
				connect(client);
			}
		}
	}

	private void connect(Socket client) throws IOException {
		Socket broker = new Socket(this.target.getHost(), this.target.getPort());
		client.setTcpNoDelay(true);
		broker.setTcpNoDelay(true);
		this.sockets.add(client);
		this.sockets.add(broker);
		run(() -> forward(client, broker, false));
		run(() -> forward(broker, client, true));
	}

	private void forward(Socket from, Socket to, boolean answers) throws IOException, InterruptedException {
		try {
			InputStream input = from.getInputStream();
			OutputStream output = to.getOutputStream();
			byte[] buffer = new byte[BUFFER];
			for (int length = input.read(buffer); length >= 0; length = input.read(buffer)) {
				if (this.silent.contains(from)) {
					continue;
				}
				if (answers && isSpoiled()) {
					output.write(buffer, 0, length / 2);
					return;
				}
				output.write(buffer, 0, length);
			}
		}
		finally {
			reset(from);
			reset(to);
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private boolean isSpoiled() throws InterruptedException {
		Duration delay = this.delay;
		if (!delay.isZero() && this.closed.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
			return true;
		}
		boolean spoiled = this.answers.incrementAndGet() % this.resetEvery == 0;
		if (spoiled) {
			this.resets.incrementAndGet();
		}
		return spoiled;
	}

	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
			socket.close();
		}
		catch (IOException ex) {
			// It is closed.
		}
	}

	private static void run(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException | InterruptedException ex) {
				// A connection has ended.
			}
		}, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.closed.countDown();
		this.repair.shutdownNow();
		this.server.close();
		this.sockets.forEach(FaultyRelay::reset);
	}

	@FunctionalInterface
	private interface Task {

		void run() throws IOException, InterruptedException;

	}

}
