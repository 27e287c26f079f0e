package io.pubsub.autoconfigure.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a process whose start fails ends, whatever had begun.
 */
class FailedStartTests {

	private static final long PATIENCE_SECONDS = 90;

	@TempDir
	Path directory;

	@ParameterizedTest
	@CsvSource({ "--pubsub.dead-letter.destination=a.b, Queue a.b could not be created", "--fail=bean, a bean fails",
			"--fail=lifecycle, a lifecycle fails" })
	void endsTheProcess(String argument, String reason) throws Exception {
		Path output = this.directory.resolve("output");
		Process process = start(argument, output);
		try {
			assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(() -> read(output)).isTrue();
			assertThat(process.exitValue()).as(() -> read(output)).isOne();
			assertThat(read(output)).contains(reason);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Process start(String argument, Path output) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xshare:auto",
				"-XX:TieredStopAtLevel=1", FailingService.class.getName(), argument,
				"--logging.level.org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter=error");
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
	}

	private static String read(Path output) {
		try {
			return String.join("\n", Files.readAllLines(output, StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
