package io.pubsub.autoconfigure.deadletter;

import java.time.Instant;
import java.util.List;

import io.pubsub.aws.deadletter.Letter;
import io.pubsub.aws.deadletter.LetterGroup;
import io.pubsub.aws.deadletter.Listing;
import org.jspecify.annotations.Nullable;

/**
 * A listing as scripts read it.
 *
 * @param queue the address of the queue
 * @param seen the number of letters that were received
 * @param about the number of letters in the queue, as SQS estimates it
 * @param hidden the number of letters that somebody had received, as SQS estimates it
 * @param notice the trouble with the look; {@code null} if there is none
 * @param groups the letters in groups
 * @param letters the letters
 * @since 0.1.0
 */
public record ListingView(String queue, int seen, long about, long hidden, @Nullable String notice, List<Group> groups,
		List<Letter> letters) {

	/**
	 * Makes the view of a listing.
	 * @param listing the listing
	 * @return the view
	 */
	public static ListingView of(Listing listing) {
		return new ListingView(listing.queue(), listing.seen(), listing.about(), listing.hidden(), listing.notice(),
				listing.groups().stream().map(Group::of).toList(), listing.letters());
	}

	/**
	 * Letters that have these things in common.
	 *
	 * @param count the number of letters
	 * @param passing the number of those that would be handled now
	 * @param reason the reason why they are there
	 * @param exception the class of the exception, if known
	 * @param handler the name of the handler, if known
	 * @param mediaType the media type, if known
	 * @param oldest the time at which the oldest was sent, if known
	 * @param newest the time at which the newest was sent, if known
	 * @param ids the ids of the letters
	 */
	public record Group(int count, int passing, String reason, @Nullable String exception, @Nullable String handler,
			@Nullable String mediaType, @Nullable Instant oldest, @Nullable Instant newest, List<String> ids) {

		static Group of(LetterGroup group) {
			return new Group(group.count(), group.passing(), group.reason(), group.exception(), group.handler(),
					group.mediaType(), group.oldest(), group.newest(), group.ids());
		}

	}

}
