package io.pubsub.aws.deadletter;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Letters with the same reason, exception, handler and media type. Immutable.
 *
 * @param reason the reason
 * @param exception the class of the exception, if known
 * @param handler the name of the handler, if known
 * @param mediaType the media type, if known
 * @param oldest the time at which the oldest was sent, if known
 * @param newest the time at which the newest was sent, if known
 * @param passing the number of letters that a handler would be called with today
 * @param ids the ids of the letters
 * @since 0.1.0
 */
public record LetterGroup(String reason, @Nullable String exception, @Nullable String handler,
		@Nullable String mediaType, @Nullable Instant oldest, @Nullable Instant newest, int passing, List<String> ids) {

	public LetterGroup {
		ids = List.copyOf(ids);
	}

	static LetterGroup of(Letter letter) {
		return new LetterGroup(letter.reason(), letter.exception(), letter.handler(), letter.mediaType(),
				letter.sentAt(), letter.sentAt(), letter.passes() ? 1 : 0, List.of(letter.id()));
	}

	List<@Nullable String> key() {
		return Arrays.asList(this.reason, this.exception, this.handler, this.mediaType);
	}

	LetterGroup and(LetterGroup other) {
		return new LetterGroup(this.reason, this.exception, this.handler, this.mediaType,
				earlier(this.oldest, other.oldest), later(this.newest, other.newest), this.passing + other.passing,
				Stream.concat(this.ids.stream(), other.ids.stream()).toList());
	}

	private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
		return (one == null || (other != null && other.isBefore(one))) ? other : one;
	}

	private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
		return (one == null || (other != null && other.isAfter(one))) ? other : one;
	}

	/**
	 * The number of letters.
	 * @return the number, at least 1
	 */
	public int count() {
		return this.ids.size();
	}

}
