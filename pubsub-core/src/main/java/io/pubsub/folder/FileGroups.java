package io.pubsub.folder;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How files belong together: those with the same key are a group, which is complete when
 * all items are there.
 * <p>
 * Safe for use by many threads, as far as its functions are.
 *
 * @since 0.1.0
 */
public final class FileGroups {

	private final Function<String, @Nullable Member> members;

	private final Set<String> items;

	private FileGroups(Function<String, @Nullable Member> members, Collection<String> items) {
		if (items.isEmpty()) {
			throw new IllegalArgumentException("a group of files needs the items that make it complete");
		}
		this.members = members;
		this.items = new TreeSet<>(items);
	}

	/**
	 * Groups by functions of the name of a file.
	 * @param key gives the key of the group, {@code null} for a file of no group
	 * @param part gives the item that the file is in its group, {@code null} for none
	 * @param items the items of a complete group
	 * @return the groups
	 */
	public static FileGroups of(Function<String, @Nullable String> key, Function<String, @Nullable String> part,
			Collection<String> items) {
		return new FileGroups((name) -> member(key.apply(name), part.apply(name)), items);
	}

	/**
	 * Groups by a pattern of the whole name of a file, such as
	 * {@code (?<key>\d{8})_(?<item>[A-Z]{2})\.tsv}.
	 * @param pattern a pattern with two named groups, as above
	 * @param items the items of a complete group
	 * @return the groups
	 * @throws IllegalArgumentException if the pattern has no such groups
	 */
	public static FileGroups matching(Pattern pattern, Collection<String> items) {
		if (!pattern.pattern().contains("(?<key>") || !pattern.pattern().contains("(?<item>")) {
			throw new IllegalArgumentException(
					"the pattern of groups needs the groups (?<key>...) and (?<item>...), not " + pattern);
		}
		return new FileGroups((name) -> {
			Matcher matcher = pattern.matcher(name);
			return matcher.matches() ? member(matcher.group("key"), matcher.group("item")) : null;
		}, items);
	}

	private static @Nullable Member member(@Nullable String key, @Nullable String item) {
		return (key != null && item != null) ? new Member(key, item) : null;
	}

	/**
	 * Where a file belongs.
	 * @param name the name of the file
	 * @return its group and item; {@code null} if it completes no group
	 */
	@Nullable Member of(String name) {
		Member member = this.members.apply(name);
		return (member != null && this.items.contains(member.item())) ? member : null;
	}

	Set<String> items() {
		return this.items;
	}

	/**
	 * The place of a file.
	 *
	 * @param key the key of its group
	 * @param item the item that it is in the group
	 */
	record Member(String key, String item) {

		Member {
			Objects.requireNonNull(key, "a group needs a key");
			Objects.requireNonNull(item, "a file of a group needs an item");
		}

	}

}
