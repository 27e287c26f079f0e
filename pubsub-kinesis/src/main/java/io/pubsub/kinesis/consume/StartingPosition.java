package io.pubsub.kinesis.consume;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;

/**
 * Where an application begins to read a stream that it has no checkpoints of.
 *
 * @param place the kind of place
 * @param time the time; {@code null} but for {@link Place#TIME}
 * @since 0.1.0
 */
public record StartingPosition(Place place, @Nullable Instant time) {

	/**
	 * The oldest record that the stream still has.
	 */
	public static final StartingPosition OLDEST = new StartingPosition(Place.OLDEST, null);

	/**
	 * The first record that comes after the start.
	 */
	public static final StartingPosition LATEST = new StartingPosition(Place.LATEST, null);

	/**
	 * Makes a position.
	 * @throws IllegalArgumentException if there is a time where none belongs, or none
	 * where one does
	 */
	public StartingPosition {
		if ((time != null) != (place == Place.TIME)) {
			throw new IllegalArgumentException("a starting position has a time if it is one, and no other does");
		}
	}

	/**
	 * Reads a position. Spring binds properties with it.
	 * @param text {@code oldest}, {@code latest}, or a time such as
	 * {@code 2026-11-28T10:00:00Z}
	 * @return the position
	 * @throws IllegalArgumentException if it is none of these
	 */
	public static StartingPosition of(String text) {
		if (text.equalsIgnoreCase(Place.OLDEST.name())) {
			return OLDEST;
		}
		if (text.equalsIgnoreCase(Place.LATEST.name())) {
			return LATEST;
		}
		try {
			return new StartingPosition(Place.TIME, Instant.parse(text));
		}
		catch (DateTimeParseException ex) {
			throw new IllegalArgumentException(
					"a starting position must be oldest, latest, or a time such as 2026-11-28T10:00:00Z, not '%s'"
						.formatted(text),
					ex);
		}
	}

	InitialPositionInStreamExtended toLibrary() {
		return (this.time != null) ? InitialPositionInStreamExtended.newInitialPositionAtTimestamp(Date.from(this.time))
				: InitialPositionInStreamExtended.newInitialPosition((this.place == Place.LATEST)
						? InitialPositionInStream.LATEST : InitialPositionInStream.TRIM_HORIZON);
	}

	@Override
	public String toString() {
		return (this.time != null) ? this.time.toString() : this.place.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The kinds of places.
	 */
	public enum Place {

		/** The oldest record that the stream still has. */
		OLDEST,

		/** The first record that comes after the start. */
		LATEST,

		/** The first record from a time on. */
		TIME

	}

}
