package io.pubsub.folder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts files together to groups, and reports those that stay incomplete, and files that
 * belong to none.
 * <p>
 * Not safe for use by many threads.
 */
final class GroupAssembly {

	private static final Logger logger = LoggerFactory.getLogger(FolderQueue.class);

	private final Duration overdue;

	private final CandidateOrder order;

	private final Timekeeper time;

	private final Map<String, Long> incomplete = new HashMap<>();

	private final Set<String> reported = new HashSet<>();

	GroupAssembly(FolderRules rules, CandidateOrder order, Timekeeper time) {
		this.overdue = rules.overdue();
		this.order = order;
		this.time = time;
	}

	/**
	 * Puts files together.
	 * @param groups the groups
	 * @param files the files, by name
	 * @return the groups that are complete
	 */
	Collection<Candidate> assemble(FileGroups groups, SortedMap<String, FileVersion> files) {
		Map<String, SortedMap<String, String>> byKey = byKey(groups, files.keySet());
		List<Candidate> complete = new ArrayList<>();
		byKey.forEach((key, items) -> {
			if (items.keySet().equals(groups.items())) {
				TreeMap<String, FileVersion> members = new TreeMap<>();
				items.values().forEach((name) -> members.put(name, files.get(name)));
				FileVersion first = Objects.requireNonNull(members.get(members.firstKey()));
				complete.add(new Candidate(key, this.order.of(members.firstKey(), first), members));
			}
		});
		complete.forEach((group) -> byKey.remove(group.key()));
		report(groups, byKey);
		return complete;
	}

	// By the name of the item, the first file that is it.
	private Map<String, SortedMap<String, String>> byKey(FileGroups groups, Collection<String> names) {
		Map<String, SortedMap<String, String>> byKey = new TreeMap<>();
		for (String name : new TreeSet<>(names)) {
			FileGroups.Member member = groups.of(name);
			String former = (member != null)
					? byKey.computeIfAbsent(member.key(), (key) -> new TreeMap<>()).putIfAbsent(member.item(), name)
					: "";
			if (former != null && this.reported.add(name)) {
				logger.warn("{} is left alone: {}", LogText.of(name), (member != null)
						? "its group has that item already, " + LogText.of(former) : "it completes no group");
			}
		}
		return byKey;
	}

	private void report(FileGroups groups, Map<String, SortedMap<String, String>> byKey) {
		this.incomplete.keySet().retainAll(byKey.keySet());
		byKey.forEach((key, items) -> {
			long since = this.incomplete.computeIfAbsent(key, (first) -> this.time.nanos());
			if (this.time.nanos() - since >= this.overdue.toNanos() && this.reported.add("group " + key)) {
				Set<String> missing = new TreeSet<>(groups.items());
				missing.removeAll(items.keySet());
				logger.warn("The group {} is incomplete for {}: {} missing, {} waiting", LogText.of(key),
						DurationText.of(this.overdue), missing, LogText.of(items.values()));
			}
		});
	}

	/**
	 * Counts the files of groups that are complete, if nothing more comes.
	 * @param names the names of files
	 * @param groups the groups
	 * @return the number of files
	 */
	int countComplete(Collection<String> names, FileGroups groups) {
		return byKey(groups, names).values()
			.stream()
			.filter((items) -> items.keySet().equals(groups.items()))
			.mapToInt(Map::size)
			.sum();
	}

}
