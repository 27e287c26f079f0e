package io.pubsub.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * A JVM with the class path of this one. It ends with {@link #close()}, and at the latest
 * with this process.
 */
public final class ChildJvm implements AutoCloseable {

	private static final int LAST_LINES = 100;

	private final String name;

	private final Process process;

	private final Thread killer;

	private final Map<Signal, CompletableFuture<String>> signals = Map.of(Signal.READY, new CompletableFuture<>(),
			Signal.RESULT, new CompletableFuture<>());

	@GuardedBy("this")
	private final List<String> output = new ArrayList<>();

	private ChildJvm(String name, Process process) {
		this.name = name;
		this.process = process;
		this.killer = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.killer);
		Thread reader = new Thread(this::read, "output-of-" + name);
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Start a JVM.
	 * @param mainClass the class that it runs
	 * @param options the options of the JVM
	 * @param arguments the arguments of the program
	 * @return the JVM, which may take a while to tell that it is {@link Signal#READY}
	 */
	public static ChildJvm start(Class<?> mainClass, List<String> options, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		command.add(mainClass.getName());
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().keySet().removeIf((variable) -> variable.startsWith("AWS_"));
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		try {
			return new ChildJvm(mainClass.getSimpleName(), builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A JVM could not be started: " + String.join(" ", command), ex);
		}
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			reader.lines().forEach(this::take);
		}
		catch (IOException | UncheckedIOException ex) {
			take(ex.toString());
		}
		ChildFailedException failure = failure("ended");
		this.signals.values().forEach((signal) -> signal.completeExceptionally(failure));
	}

	private void take(String line) {
		for (Map.Entry<Signal, CompletableFuture<String>> signal : this.signals.entrySet()) {
			if (line.startsWith(signal.getKey().prefix())) {
				signal.getValue().complete(line.substring(signal.getKey().prefix().length()));
				return;
			}
		}
		synchronized (this) {
			this.output.add(line);
		}
	}

	/**
	 * Wait for a signal.
	 * @param signal the signal
	 * @param timeout the longest wait
	 * @return the payload of the signal
	 * @throws ChildFailedException if it did not come
	 * @throws InterruptedException if the thread is interrupted
	 */
	public String await(Signal signal, Duration timeout) throws InterruptedException {
		try {
			return Objects.requireNonNull(this.signals.get(signal)).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw failure((ex instanceof TimeoutException) ? "gave no %s within %s".formatted(signal, timeout)
					: "ended before its %s".formatted(signal));
		}
	}

	private synchronized ChildFailedException failure(String what) {
		List<String> last = this.output.subList(Math.max(0, this.output.size() - LAST_LINES), this.output.size());
		return new ChildFailedException("%s %s. It printed:%n%s".formatted(this.name, what,
				last.isEmpty() ? "(nothing)" : String.join(System.lineSeparator(), last)));
	}

	/**
	 * Return the output of the JVM, apart from its signals.
	 * @return the lines
	 */
	public synchronized List<String> output() {
		return List.copyOf(this.output);
	}

	/**
	 * End the JVM, and wait until it has ended.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly();
		this.process.onExit().join();
		try {
			Runtime.getRuntime().removeShutdownHook(this.killer);
		}
		catch (IllegalStateException ex) {
			// This JVM is ending, and the hook has nothing left to end.
			this.killer.interrupt();
		}
	}

}
