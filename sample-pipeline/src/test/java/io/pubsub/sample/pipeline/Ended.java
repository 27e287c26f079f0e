package io.pubsub.sample.pipeline;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JVM of its own that has run the sample with the class path of the tests, started
 * where a user starts it: in the root of the project. It knows nothing of AWS.
 *
 * @param exitCode the exit code
 * @param output the text that it has written
 */
record Ended(int exitCode, String output) {

	private static final int PATIENCE_SECONDS = 120;

	static Ended run(Path directory, String... args) throws IOException, InterruptedException {
		return run(directory, (process) -> {
		}, args);
	}

	/**
	 * Runs a command until it is stopped as a terminal or a container does it.
	 * @param directory the directory for its output
	 * @param isDone whether it is time to stop it
	 * @param args the command line
	 * @return its end
	 * @throws IOException if it cannot be started
	 * @throws InterruptedException if the thread is interrupted
	 */
	static Ended stop(Path directory, Callable<Boolean> isDone, String... args)
			throws IOException, InterruptedException {
		return run(directory, (process) -> {
			Awaitility.await()
				.atMost(Duration.ofSeconds(PATIENCE_SECONDS))
				.until(() -> !process.isAlive() || isDone.call());
			process.destroy();
		}, args);
	}

	private static Ended run(Path directory, Consumer<Process> meanwhile, String... args)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xshare:auto",
				"-XX:TieredStopAtLevel=1", SamplePipeline.class.getName()));
		command.addAll(List.of(args));
		Path output = directory.resolve("output.txt");
		ProcessBuilder builder = new ProcessBuilder(command).directory(new File(".."))
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("AWS_"));
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		Process process = builder.start();
		try {
			meanwhile.accept(process);
			boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
			String written = Files.readString(output, StandardCharsets.UTF_8);
			assertThat(ended).as(written).isTrue();
			return new Ended(process.exitValue(), written);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
