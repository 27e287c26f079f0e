package io.pubsub.aws.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A process of its own with the class path of the tests. It ends with this one.
 */
final class ChildJvm implements AutoCloseable {

	private final Process process;

	private final Thread reader;

	private ChildJvm(Process process, Consumer<String> lines) {
		this.process = process;
		this.reader = new Thread(() -> read(lines), "child-output");
		this.reader.setDaemon(true);
		this.reader.start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
	}

	/**
	 * Starts a process.
	 * @param mainClass the class that it runs
	 * @param lines the consumer of each line that it writes
	 * @param args the arguments
	 * @return the process
	 */
	static ChildJvm start(Class<?> mainClass, Consumer<String> lines, String... args) {
		return start(List.of(), mainClass, lines, args);
	}

	/**
	 * Starts a process with options of the JVM.
	 * @param options the options
	 * @param mainClass the class that it runs
	 * @param lines the consumer of each line that it writes
	 * @param args the arguments
	 * @return the process
	 */
	static ChildJvm start(List<String> options, Class<?> mainClass, Consumer<String> lines, String... args) {
		List<String> command = new ArrayList<>(
				List.of(System.getProperty("java.home") + "/bin/java", "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
		command.addAll(options);
		command.add(mainClass.getName());
		command.addAll(List.of(args));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		try {
			return new ChildJvm(builder.start(), lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void read(Consumer<String> lines) {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			output.lines().forEach(lines);
		}
		catch (IOException | UncheckedIOException ex) {
			lines.accept(ex.toString());
		}
	}

	/**
	 * Sends SIGKILL, and waits until all that was written before was read.
	 */
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
		this.reader.join();
	}

	void await() throws InterruptedException {
		this.process.waitFor();
	}

	/**
	 * Sends a signal, such as {@code STOP}.
	 */
	void signal(String name) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).start().waitFor();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
