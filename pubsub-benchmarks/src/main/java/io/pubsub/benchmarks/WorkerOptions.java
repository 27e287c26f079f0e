package io.pubsub.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The options of the JVM of every contender.
 *
 * @param additional the options that the user adds
 * @param profiles the directory of flight recordings, {@code null} for none
 */
record WorkerOptions(List<String> additional, @Nullable Path profiles) {

	private static final List<String> COMMON = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

	List<String> always() {
		return Stream.concat(COMMON.stream(), this.additional.stream()).toList();
	}

	List<String> forWorker(String name) {
		if (this.profiles == null) {
			return always();
		}
		String recording = "-XX:StartFlightRecording=settings=profile,filename=%s"
			.formatted(this.profiles.resolve(name + ".jfr").toAbsolutePath());
		return Stream.concat(always().stream(), Stream.of(recording)).toList();
	}

}
