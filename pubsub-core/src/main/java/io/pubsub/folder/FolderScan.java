package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * What is in the folder, as one consumer has seen it. A look at the whole folder is the
 * truth; what tells of changes only makes the next look come sooner.
 * <p>
 * Safe for use by many threads.
 */
final class FolderScan {

	// A placeholder for a file that is on its way is empty.
	private static final Duration SETTLE_EMPTY = Duration.ofSeconds(1);

	// While there is work at hand, a change is no reason to look at everything again.
	private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

	private static final Duration SECOND_LOOK = Duration.ofMillis(50);

	private final Path root;

	private final FolderRules rules;

	private final Attempts attempts;

	private final Timekeeper time;

	private final CandidateOrder order;

	private final GroupAssembly groups;

	private final Set<String> complete = ConcurrentHashMap.newKeySet();

	@GuardedBy("this")
	private final Map<String, Sighting> sightings = new HashMap<>();

	@GuardedBy("this")
	private final Queue<Candidate> ready = new ArrayDeque<>();

	@GuardedBy("this")
	private List<ClaimName> claims = List.of();

	@GuardedBy("this")
	private long scannedAt;

	@GuardedBy("this")
	private long nextDue;

	@GuardedBy("this")
	private int left;

	@GuardedBy("this")
	private int emptyLooks;

	private volatile boolean changed = true;

	/**
	 * Makes a scan that has seen nothing.
	 * @param root the folder
	 * @param rules the rules for which files to take
	 * @param attempts the attempts at them
	 * @param time the time
	 */
	FolderScan(Path root, FolderRules rules, Attempts attempts, Timekeeper time) {
		this.root = root;
		this.rules = rules;
		this.attempts = attempts;
		this.time = time;
		this.order = new CandidateOrder(rules.order());
		this.groups = new GroupAssembly(rules, this.order, time);
	}

	/**
	 * Something in the folder has changed.
	 */
	void changed() {
		this.changed = true;
	}

	/**
	 * A file has come that is complete, as it was published at once.
	 * @param name the name of the file
	 */
	void published(String name) {
		this.complete.add(name);
		this.changed = true;
	}

	/**
	 * The next files to claim, if any may be claimed now.
	 * @return files that are as they were seen; {@code null} if there are none
	 * @throws IOException if the folder cannot be read
	 */
	synchronized @Nullable Candidate next() throws IOException {
		if (isLookDue()) {
			look();
		}
		Candidate candidate = this.ready.poll();
		while (candidate != null && !isUnchanged(candidate)) {
			this.changed = true;
			candidate = this.ready.poll();
		}
		return candidate;
	}

	@GuardedBy("this")
	private boolean isLookDue() {
		Duration since = Duration.ofNanos(this.time.nanos() - this.scannedAt);
		if (this.ready.isEmpty()) {
			return this.changed || since.compareTo(this.rules.scanInterval()) >= 0
					|| this.time.nanos() - this.nextDue >= 0;
		}
		return since.compareTo(this.changed ? SHORTEST_INTERVAL : this.rules.scanInterval()) >= 0;
	}

	@GuardedBy("this")
	private void look() throws IOException {
		this.changed = false;
		List<String> names = FolderLayout.names(this.root);
		Set<String> all = new HashSet<>(names);
		this.claims = names.stream().map(ClaimName::parse).filter(Objects::nonNull).toList();
		this.sightings.keySet().retainAll(all);
		this.complete.retainAll(all);
		for (String name : names) {
			if (this.rules.isMessage(name)) {
				see(name, this.rules.marker() != null && all.contains(name + this.rules.marker()));
			}
		}
		this.scannedAt = this.time.nanos();
		makeReady();
	}

	// What has settled once is looked at again when it is taken.
	@GuardedBy("this")
	private void see(String name, boolean marked) throws IOException {
		Sighting before = this.sightings.get(name);
		if (before != null && before.due() - this.time.nanos() <= 0) {
			return;
		}
		FileVersion version = FileVersion.of(this.root.resolve(name));
		if (version == null) {
			this.sightings.remove(name);
		}
		else if (before == null || !before.version().equals(version) || marked) {
			this.sightings.put(name, sighting(name, version, marked));
		}
	}

	@GuardedBy("this")
	private Sighting sighting(String name, FileVersion version, boolean marked) throws IOException {
		Attempts.Tried tried = this.attempts.of(name, version);
		if (tried != null) {
			return new Sighting(version, this.time.nanos() + this.attempts.delay(tried).toNanos());
		}
		boolean published = this.complete.contains(name) || FolderDestination.isGenerated(name);
		Duration settle = (published || marked) ? Duration.ZERO : this.rules.settle();
		boolean early = version.size() == 0 && !marked && settle.compareTo(SETTLE_EMPTY) < 0;
		return new Sighting(version, this.time.nanos() + (early ? SETTLE_EMPTY : settle).toNanos());
	}

	@GuardedBy("this")
	private void makeReady() {
		long now = this.time.nanos();
		this.left = countLeft();
		this.emptyLooks = (this.left == 0) ? this.emptyLooks + 1 : 0;
		SortedMap<String, FileVersion> due = new TreeMap<>();
		this.nextDue = now + ((this.emptyLooks == 1) ? SECOND_LOOK : this.rules.scanInterval()).toNanos();
		for (Map.Entry<String, Sighting> seen : this.sightings.entrySet()) {
			long wait = seen.getValue().due() - now;
			if (wait <= 0) {
				due.put(seen.getKey(), seen.getValue().version());
			}
			else if (now + wait - this.nextDue < 0) {
				this.nextDue = now + wait;
			}
		}
		this.ready.clear();
		this.ready.addAll(candidates(due).stream().sorted(Comparator.comparing(Candidate::order)).toList());
	}

	@GuardedBy("this")
	private Collection<Candidate> candidates(SortedMap<String, FileVersion> due) {
		if (this.rules.groups() != null) {
			return this.groups.assemble(this.rules.groups(), due);
		}
		return due.entrySet().stream().map((file) -> {
			TreeMap<String, FileVersion> only = new TreeMap<>(Map.of(file.getKey(), file.getValue()));
			return new Candidate(file.getKey(), this.order.of(file.getKey(), file.getValue()), only);
		}).collect(Collectors.toList());
	}

	@GuardedBy("this")
	private boolean isUnchanged(Candidate candidate) throws IOException {
		for (Map.Entry<String, FileVersion> seen : candidate.files().entrySet()) {
			FileVersion now = FileVersion.of(this.root.resolve(seen.getKey()));
			Attempts.Tried tried = (now != null) ? this.attempts.of(seen.getKey(), now) : null;
			boolean waits = tried != null && !this.attempts.delay(tried).isZero();
			if (!seen.getValue().equals(now) || waits) {
				seeAgain(seen.getKey(), now);
				return false;
			}
		}
		return true;
	}

	@GuardedBy("this")
	private void seeAgain(String name, @Nullable FileVersion now) throws IOException {
		if (now != null) {
			this.sightings.put(name, sighting(name, now, false));
		}
		else {
			this.sightings.remove(name);
		}
	}

	/**
	 * Files were claimed: what says that they are complete is not for others of their
	 * names.
	 * @param candidate the files
	 * @throws IOException if that cannot be deleted
	 */
	void taken(Candidate candidate) throws IOException {
		if (this.rules.marker() != null) {
			for (String name : candidate.names()) {
				Files.deleteIfExists(this.root.resolve(name + this.rules.marker()));
			}
		}
	}

	/**
	 * The files that somebody has claimed.
	 * @return the files of the last look
	 */
	synchronized List<ClaimName> claims() {
		return this.claims;
	}

	@GuardedBy("this")
	private int countLeft() {
		FileGroups grouped = this.rules.groups();
		return this.claims.size() + ((grouped != null) ? this.groups.countComplete(this.sightings.keySet(), grouped)
				: this.sightings.size());
	}

	/**
	 * The number of files that are to be worked off, as the last look has shown.
	 * @return the number of those that somebody has, and of those that can be taken some
	 * time, if nothing more comes
	 */
	synchronized int left() {
		return this.left;
	}

	/**
	 * Whether nothing is left that can ever be taken, given that nothing more comes. One
	 * look may miss a file that gets another name meanwhile.
	 * @return {@code false} if something waits, or somebody works on something
	 */
	synchronized boolean isWorkedOff() {
		return this.emptyLooks > 1 && !this.changed;
	}

	/**
	 * Lets the looks before this moment count no more for what is worked off.
	 */
	synchronized void lookAgain() {
		this.emptyLooks = 0;
		this.nextDue = this.time.nanos();
	}

	/**
	 * How long it takes until something may be ready that is not yet.
	 * @return the time, at most that between two looks
	 */
	synchronized Duration untilDue() {
		return Duration.ofNanos(Math.max(this.nextDue - this.time.nanos(), 0));
	}

	/**
	 * What was seen of a file.
	 *
	 * @param version the file
	 * @param due the time from which it may be taken if it does not change
	 */
	private record Sighting(FileVersion version, long due) {

	}

}
