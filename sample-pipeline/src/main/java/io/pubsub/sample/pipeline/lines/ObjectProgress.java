package io.pubsub.sample.pipeline.lines;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.pubsub.aws.s3.S3Object;
import org.jspecify.annotations.Nullable;

/**
 * How far one object is. Guarded by {@link Progress}.
 */
final class ObjectProgress {

	static final String HEADER = "%-45s %10s %10s %8s %8s  %s".formatted("object", "bytes", "lines", "ms", "attempts",
			"outcome");

	private final Set<String> messages = new LinkedHashSet<>();

	private final String key;

	private @Nullable Long bytes;

	private @Nullable Long lines;

	private int attempts;

	private long started;

	private Duration time = Duration.ZERO;

	ObjectProgress(String key) {
		this.key = key;
	}

	void taken(S3Object object, String messageId) {
		this.messages.add(messageId);
		this.bytes = object.size();
		this.attempts++;
		this.started = System.nanoTime();
	}

	void counted(long lines) {
		this.lines = lines;
		this.time = Duration.ofNanos(System.nanoTime() - this.started);
	}

	/**
	 * The line of a table.
	 * @param ends the ends of messages, by their ids
	 * @return the line
	 */
	String line(Map<String, String> ends) {
		String outcomes = this.messages.stream()
			.map((message) -> ends.getOrDefault(message, "under way"))
			.collect(Collectors.joining(", "));
		return "%-45s %10s %10s %8d %8d  %s".formatted(this.key, text(this.bytes), text(this.lines),
				this.time.toMillis(), this.attempts, outcomes);
	}

	private static String text(@Nullable Long number) {
		return (number != null) ? number.toString() : "-";
	}

}
