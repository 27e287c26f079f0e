package io.pubsub.source;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The report on the lines of an input: a word on each that is given up, and a summary at
 * the end.
 * <p>
 * Safe for use by many threads.
 */
final class LineReport {

	private static final Logger logger = LoggerFactory.getLogger(LineSource.class);

	private static final int MOST_NUMBERS = 20;

	private final String name;

	@GuardedBy("this")
	private final Lines givenUp = new Lines();

	@GuardedBy("this")
	private final Lines deadLetters = new Lines();

	@GuardedBy("this")
	private long handled;

	LineReport(String name) {
		this.name = name;
	}

	synchronized void handled() {
		this.handled++;
	}

	synchronized void deadLetter(long number, String reason) {
		this.deadLetters.add(number, reason);
	}

	synchronized void givenUp(long number, String reason) {
		logger.warn("Line {} of {} is given up: {}", number, this.name, reason);
		this.givenUp.add(number, reason);
	}

	/**
	 * Sums up an input that was read to its end.
	 * @return the exception that says that lines were given up; {@code null} if none was
	 */
	synchronized @Nullable LinesGivenUpException atEnd() {
		if (this.givenUp.count == 0 && this.deadLetters.count == 0) {
			logger.info("End of {}: {}", this.name, counts());
		}
		else {
			logger.warn("End of {}: {}", this.name, counts());
		}
		return (this.givenUp.count > 0) ? new LinesGivenUpException(this.name, this.givenUp.count) : null;
	}

	synchronized void stopped(Collection<Long> unhandled, long lastRead) {
		logger.warn("Stopped before the end of {}, after line {}: {}, {} not handled{}", this.name, lastRead, counts(),
				unhandled.size(),
				unhandled.isEmpty() ? "" : ": " + lines(unhandled.stream().map(String::valueOf), unhandled.size()));
	}

	@GuardedBy("this")
	private String counts() {
		return "%d %s handled%s%s".formatted(this.handled, (this.handled == 1) ? "message" : "messages",
				this.deadLetters.describe("sent to the dead-letter destination"), this.givenUp.describe("given up"));
	}

	private static String lines(Stream<String> lines, long count) {
		return ((count == 1) ? "line " : "lines ") + lines.limit(MOST_NUMBERS).collect(Collectors.joining(", "))
				+ ((count > MOST_NUMBERS) ? " and others" : "");
	}

	/**
	 * Lines that were not handled: how many, and the first of them with the reason.
	 */
	private static final class Lines {

		private final Map<Long, String> first = new TreeMap<>();

		private long count;

		void add(long number, String reason) {
			this.count++;
			if (this.first.size() < MOST_NUMBERS) {
				this.first.put(number, reason);
			}
		}

		String describe(String fate) {
			Stream<String> lines = this.first.entrySet()
				.stream()
				.map((line) -> "%d (%s)".formatted(line.getKey(), line.getValue()));
			return (this.count == 0) ? "" : ", %d %s: %s".formatted(this.count, fate, lines(lines, this.count));
		}

	}

}
