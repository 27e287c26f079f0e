package io.pubsub.aws.deadletter;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Letters that were looked at. Immutable.
 *
 * @param queue the address of the queue
 * @param letters the letters that are in the selection
 * @param seen the number of letters that were received to find them
 * @param about the number of letters in the queue when the look began, as SQS estimates
 * it
 * @param hidden the number of letters that somebody had received then, as SQS estimates
 * it
 * @param notice the trouble with the look, for people; {@code null} if there is none
 * @since 0.1.0
 */
public record Listing(String queue, List<Letter> letters, int seen, long about, long hidden, @Nullable String notice) {

	public Listing {
		letters = List.copyOf(letters);
	}

	/**
	 * The letters in groups of those that have the same reason, exception, handler and
	 * media type.
	 * @return the groups, the largest first
	 */
	public List<LetterGroup> groups() {
		Map<List<@Nullable String>, LetterGroup> groups = new LinkedHashMap<>();
		this.letters.stream()
			.map(LetterGroup::of)
			.forEach((group) -> groups.merge(group.key(), group, LetterGroup::and));
		return groups.values().stream().sorted(Comparator.comparingInt(LetterGroup::count).reversed()).toList();
	}

}
