package io.pubsub.kinesis.consume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A {@link StreamWorker} in a JVM of its own.
 */
final class WorkerProcess implements AutoCloseable {

	private final Process process;

	private final Path output;

	WorkerProcess(Path directory, String endpoint, String stream, String worker) throws IOException {
		this.output = directory.resolve(worker + ".log");
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-cp", System.getProperty("java.class.path"), StreamWorker.class.getName(), endpoint,
				stream, stream, worker)
			.redirectErrorStream(true)
			.redirectOutput(this.output.toFile())
			.start();
	}

	/**
	 * The records that it has acknowledged.
	 */
	List<Handled> handled() {
		try (Stream<String> lines = Files.lines(this.output)) {
			return lines.filter((line) -> line.startsWith("shardId-"))
				.map((line) -> line.split("[: ]", -1))
				.filter((parts) -> parts.length == 3)
				.map((parts) -> new Handled(parts[0], parts[1], parts[2]))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> bodies() {
		return handled().stream().map(Handled::body).toList();
	}

	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/**
	 * Stops it as a platform would, and waits for its end.
	 */
	boolean stop() throws IOException, InterruptedException {
		this.process.getOutputStream().close();
		return this.process.waitFor(30, TimeUnit.SECONDS) && this.process.exitValue() == 0;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/**
	 * A record that was acknowledged.
	 *
	 * @param shard its shard
	 * @param number its sequence number
	 * @param body its body
	 */
	record Handled(String shard, String number, String body) {

	}

}
