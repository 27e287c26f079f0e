package io.pubsub.aws.deadletter;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant: those that have all of what is set. Immutable.
 *
 * @param ids the ids; empty for any
 * @param reason the reason; {@code null} for any
 * @param handler the name of the handler; {@code null} for any
 * @param mediaType the media type; {@code null} for any
 * @param exception the class of the exception, with or without its package; {@code null}
 * for any
 * @param olderThan the least age; {@code null} for any
 * @param newerThan the highest age; {@code null} for any
 * @param passing whether only letters are meant that a handler would be called with today
 * @since 0.1.0
 */
public record Selection(Set<String> ids, @Nullable String reason, @Nullable String handler, @Nullable String mediaType,
		@Nullable String exception, @Nullable Duration olderThan, @Nullable Duration newerThan, boolean passing) {

	/**
	 * All letters.
	 */
	public static final Selection ALL = new Selection(Set.of(), null, null, null, null, null, null, false);

	public Selection {
		ids = Set.copyOf(ids);
	}

	/**
	 * The letters of these ids.
	 * @param ids the ids
	 * @return the selection
	 */
	public static Selection of(Set<String> ids) {
		return new Selection(ids, null, null, null, null, null, null, false);
	}

	/**
	 * Whether nothing is set.
	 * @return {@code true} if all letters are meant
	 */
	public boolean isAll() {
		return equals(ALL);
	}

	boolean matches(Letter letter, Instant now) {
		return (this.ids.isEmpty() || this.ids.contains(letter.id())) && is(this.reason, letter.reason())
				&& is(this.handler, letter.handler()) && is(this.mediaType, letter.mediaType())
				&& (is(this.exception, letter.exception()) || is(this.exception, simpleName(letter.exception())))
				&& (!this.passing || letter.passes()) && isOfAge(letter.sentAt(), now);
	}

	private static boolean is(@Nullable String wanted, @Nullable String actual) {
		return wanted == null || wanted.equals(actual);
	}

	private static @Nullable String simpleName(@Nullable String className) {
		return (className != null) ? className.substring(className.lastIndexOf('.') + 1) : null;
	}

	// What has no known age is of none.
	private boolean isOfAge(@Nullable Instant sentAt, Instant now) {
		if (sentAt == null) {
			return this.olderThan == null && this.newerThan == null;
		}
		Duration age = Duration.between(sentAt, now);
		return (this.olderThan == null || age.compareTo(this.olderThan) >= 0)
				&& (this.newerThan == null || age.compareTo(this.newerThan) <= 0);
	}

}
