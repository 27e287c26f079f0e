package io.pubsub.daemon;

import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.pubsub.InvalidSettingException;

/**
 * The number of messages that may be handled in a second, a minute or an hour, such as
 * {@code 200/s}, {@code 30/m} or {@code 1000/h}.
 *
 * @param messages the number, from 1 to {@link #MAX_MESSAGES}
 * @param per {@link ChronoUnit#SECONDS}, {@link ChronoUnit#MINUTES} or
 * {@link ChronoUnit#HOURS}
 * @since 0.1.0
 */
public record Rate(int messages, ChronoUnit per) {

	/**
	 * The largest number of messages in a rate.
	 */
	public static final int MAX_MESSAGES = 1_000_000;

	private static final Map<ChronoUnit, String> UNITS = Map.of(ChronoUnit.SECONDS, "s", ChronoUnit.MINUTES, "m",
			ChronoUnit.HOURS, "h");

	private static final Pattern TEXT = Pattern.compile("(\\d{1,7})/([smh])");

	public Rate {
		if (messages < 1 || messages > MAX_MESSAGES) {
			throw new IllegalArgumentException(
					"a rate must be from 1 to %d messages, not %d".formatted(MAX_MESSAGES, messages));
		}
		if (!UNITS.containsKey(per)) {
			throw new IllegalArgumentException(
					"a rate must be per second, minute or hour, not per %s".formatted(per.name()));
		}
	}

	/**
	 * Reads a rate.
	 * @param text the number, a slash, and {@code s}, {@code m} or {@code h}
	 * @return the rate
	 * @throws InvalidSettingException if the text is no rate
	 */
	public static Rate valueOf(String text) {
		return read(text.strip()).orElseThrow(() -> new InvalidSettingException(Rate.class, "text",
				("'%s' is no rate: it must be a number from 1 to %d, a slash, and s, m or h for second, minute or hour,"
						+ " such as 200/s or 30/m")
					.formatted(text, MAX_MESSAGES)));
	}

	private static Optional<Rate> read(String text) {
		return Stream.of(TEXT.matcher(text)).filter(Matcher::matches).flatMap(Rate::read).findFirst();
	}

	private static Stream<Rate> read(Matcher parts) {
		int messages = Integer.parseInt(parts.group(1));
		return (messages < 1 || messages > MAX_MESSAGES) ? Stream.empty()
				: UNITS.entrySet()
					.stream()
					.filter((unit) -> unit.getValue().equals(parts.group(2)))
					.map((unit) -> new Rate(messages, unit.getKey()));
	}

	double perSecond() {
		return (double) this.messages / this.per.getDuration().toSeconds();
	}

	/**
	 * The text that {@link #valueOf(String)} reads.
	 */
	@Override
	public String toString() {
		return this.messages + "/" + UNITS.get(this.per);
	}

}
