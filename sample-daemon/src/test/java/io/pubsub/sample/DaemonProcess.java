package io.pubsub.sample;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A JVM of its own that runs a daemon with the class path of the tests, started where a
 * user starts it: in the root of the project. It knows nothing of AWS.
 */
final class DaemonProcess implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final Process process;

	private final StringBuffer output = new StringBuffer();

	private final Thread reader;

	private DaemonProcess(Process process) {
		this.process = process;
		this.reader = new Thread(this::read, "daemon-output");
		this.reader.setDaemon(true);
		this.reader.start();
	}

	static DaemonProcess start(Class<?> mainClass, String... args) throws IOException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xshare:auto",
				"-XX:TieredStopAtLevel=1", mainClass.getName()));
		command.addAll(List.of(args));
		ProcessBuilder builder = new ProcessBuilder(command).directory(new File("..")).redirectErrorStream(true);
		builder.environment().keySet().removeIf((name) -> name.startsWith("AWS_"));
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		return new DaemonProcess(builder.start());
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			reader.lines().forEach((line) -> this.output.append(line).append('\n'));
		}
		catch (IOException ex) {
			this.output.append(ex);
		}
	}

	String output() {
		return this.output.toString();
	}

	void awaitOutput(String text) {
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(output()).contains(text));
	}

	/**
	 * Waits for the end of the process, and of its output.
	 */
	int awaitExit() throws InterruptedException {
		assertThat(this.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
		this.reader.join(PATIENCE.toMillis());
		assertThat(this.reader.isAlive()).as(output()).isFalse();
		return this.process.exitValue();
	}

	/**
	 * Sends SIGTERM, and unlike {@link Process#destroy()} leaves the standard input open.
	 */
	void terminate() {
		this.process.toHandle().destroy();
	}

	/**
	 * Sends SIGKILL.
	 */
	void kill() {
		this.process.destroyForcibly();
	}

	/**
	 * Sends a line to the standard input.
	 */
	void sendLine() throws IOException {
		OutputStream input = this.process.getOutputStream();
		input.write('\n');
		input.flush();
	}

	/**
	 * Sends text to the standard input and ends it.
	 */
	void closeInput(String text) throws IOException {
		try (OutputStream input = this.process.getOutputStream()) {
			input.write(text.getBytes(StandardCharsets.UTF_8));
		}
	}

	@Override
	public void close() {
		kill();
	}

}
