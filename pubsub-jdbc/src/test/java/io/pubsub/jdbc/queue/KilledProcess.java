package io.pubsub.jdbc.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/**
 * The process of a {@link KilledWorker}.
 */
final class KilledProcess {

	private static final int ENTRIES = 20;

	private final Process process;

	private final Path log;

	KilledProcess(String role, String address, Path log) throws IOException {
		this.log = log;
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), KilledWorker.class.getName(), role, address, log.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.resolveSibling(role + ".out").toFile()))
			.start();
	}

	/**
	 * Waits until it is in the midst of its work.
	 */
	void awaitWork() {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> lines(this.log).size() >= ENTRIES);
	}

	void kill() {
		this.process.destroyForcibly();
		this.process.onExit().join();
	}

	static List<String> lines(Path log) {
		try {
			return Files.readAllLines(log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
