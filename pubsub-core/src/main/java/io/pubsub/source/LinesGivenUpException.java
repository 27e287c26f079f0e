package io.pubsub.source;

/**
 * Says that an input was read to its end, but that not all of its lines were handled.
 * Which ones and why was logged.
 *
 * @since 0.1.0
 */
public final class LinesGivenUpException extends RuntimeException {

	LinesGivenUpException(String name, long lines) {
		super("%d of the lines of %s %s given up".formatted(lines, name, (lines == 1) ? "was" : "were"));
	}

}
