package io.pubsub.uri;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A server on the loopback interface that begins an answer, and then never says another
 * word.
 */
final class SilentServer implements AutoCloseable {

	private final ServerSocket socket;

	private final String beginning;

	SilentServer(String beginning) {
		this.beginning = beginning;
		try {
			this.socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this::answer, "silent-server");
		thread.setDaemon(true);
		thread.start();
	}

	private void answer() {
		try (Socket client = this.socket.accept()) {
			client.getOutputStream().write(this.beginning.getBytes(StandardCharsets.US_ASCII));
			client.getOutputStream().flush();
			client.getInputStream().readAllBytes();
		}
		catch (IOException ex) {
			// The test is over, or the client has lost its patience.
		}
	}

	String hostAndPort() {
		return "127.0.0.1:" + this.socket.getLocalPort();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
