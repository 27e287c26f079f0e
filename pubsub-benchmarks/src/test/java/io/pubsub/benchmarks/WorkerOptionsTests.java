package io.pubsub.benchmarks;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorkerOptions}.
 */
class WorkerOptionsTests {

	@Test
	void addsWhatTheUserAsksFor() {
		WorkerOptions options = new WorkerOptions(List.of("-XX:+UseZGC"), null);
		assertThat(options.forWorker("empty-raw-1")).isEqualTo(options.always())
			.contains("-Xmx512m")
			.endsWith("-XX:+UseZGC");
	}

	@Test
	void recordsEachContenderInAFileOfItsOwn() {
		WorkerOptions options = new WorkerOptions(List.of(), Path.of("/profiles"));
		assertThat(options.forWorker("empty-raw-1")).last()
			.isEqualTo("-XX:StartFlightRecording=settings=profile,filename=/profiles/empty-raw-1.jfr");
	}

}
