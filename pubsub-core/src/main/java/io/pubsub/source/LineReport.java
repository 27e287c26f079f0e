package io.pubsub.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of the lines of an input: a word on each that is given up, and a summary at
 * the end.
 * <p>
 * Safe for use by many threads.
 */
final class LineReport {

	private static final Logger logger = LoggerFactory.getLogger(LineSource.class);

	private static final int MOST_NUMBERS = 20;

	private final String name;

	private final List<Long> givenUp = new ArrayList<>();

	private long handled;

	private long givenUpCount;

	LineReport(String name) {
		this.name = name;
	}

	synchronized void handled() {
		this.handled++;
	}

	synchronized void givenUp(long number, String reason) {
		logger.warn("Line {} of {} {}; it is given up", number, this.name, reason);
		this.givenUpCount++;
		if (this.givenUp.size() < MOST_NUMBERS) {
			this.givenUp.add(number);
		}
	}

	synchronized void atEnd() {
		if (this.givenUpCount == 0) {
			logger.info("End of {}: {} messages handled", this.name, this.handled);
		}
		else {
			logger.warn("End of {}: {} messages handled, {} given up: {}", this.name, this.handled, this.givenUpCount,
					lines(this.givenUp, this.givenUpCount));
		}
	}

	synchronized void stopped(Collection<Long> unhandled, long lastRead) {
		logger.warn("Stopped before the end of {}, after line {}: {} messages handled, {} given up{}, {} not handled{}",
				this.name, lastRead, this.handled, this.givenUpCount, suffix(this.givenUp, this.givenUpCount),
				unhandled.size(), suffix(unhandled, unhandled.size()));
	}

	private static String suffix(Collection<Long> numbers, long count) {
		return numbers.isEmpty() ? "" : " (" + lines(numbers, count) + ")";
	}

	private static String lines(Collection<Long> numbers, long count) {
		String first = numbers.stream()
			.sorted()
			.limit(MOST_NUMBERS)
			.map(String::valueOf)
			.collect(Collectors.joining(", "));
		return ((count == 1) ? "line " : "lines ") + first + ((count > MOST_NUMBERS) ? " and others" : "");
	}

}
