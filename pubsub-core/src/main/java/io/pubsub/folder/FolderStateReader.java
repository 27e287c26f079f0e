package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import io.pubsub.folder.FolderState.Announced;
import io.pubsub.folder.FolderState.AtWork;
import io.pubsub.folder.FolderState.Dead;
import io.pubsub.folder.FolderState.Incomplete;
import io.pubsub.folder.FolderState.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a folder stands, without changing anything.
 *
 * @param layout the folders
 * @param rules the rules for which files count
 * @param producers the producers of the folder
 * @param attempts the attempts at files
 */
record FolderStateReader(FolderLayout layout, FolderRules rules, Producers producers, Attempts attempts) {

	private static final String REASON = ".reason";

	FolderState read() throws IOException {
		SortedSet<String> names = new TreeSet<>(FolderLayout.names(this.layout.root()));
		List<Waiting> waiting = new ArrayList<>();
		List<AtWork> atWork = new ArrayList<>();
		for (String name : names) {
			ClaimName claim = ClaimName.parse(name);
			if (claim != null) {
				atWork.add(new AtWork(claim.original(), claim.consumer(), since(this.layout.root().resolve(name)),
						lastSign(claim.consumer())));
			}
			else if (this.rules.isMessage(name)) {
				addWaiting(name, waiting);
			}
		}
		Path done = this.layout.done();
		List<String> waitingNames = waiting.stream().map(Waiting::name).toList();
		return new FolderState(waiting, atWork, (done != null) ? FolderLayout.names(done).size() : null, dead(),
				incomplete(waitingNames), stray(waitingNames), announced());
	}

	private void addWaiting(String name, List<Waiting> waiting) throws IOException {
		FileVersion version = FileVersion.of(this.layout.root().resolve(name));
		if (version == null) {
			return;
		}
		Attempts.Tried tried = this.attempts.of(name, version);
		if (tried == null) {
			waiting.add(new Waiting(name, version.size(), 0, null, null));
			return;
		}
		Duration delay = this.attempts.delay(tried);
		waiting.add(new Waiting(name, version.size(), tried.count(),
				delay.isZero() ? null : this.attempts.time().now().plus(delay),
				tried.reason().isEmpty() ? null : tried.reason()));
	}

	private @Nullable Instant lastSign(String consumer) {
		try {
			return Files.getLastModifiedTime(this.layout.consumers().resolve(consumer)).toInstant();
		}
		catch (IOException ex) {
			return null;
		}
	}

	// A rename changes that time, and nothing else does while somebody has the file.
	private static @Nullable Instant since(Path file) {
		try {
			Object time = Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
			return (time instanceof FileTime changed) ? changed.toInstant() : null;
		}
		catch (IOException | UnsupportedOperationException | IllegalArgumentException ex) {
			return null;
		}
	}

	private List<Dead> dead() throws IOException {
		List<Dead> dead = new ArrayList<>();
		for (String name : new TreeSet<>(FolderLayout.names(this.layout.dead()))) {
			if (!name.endsWith(REASON)) {
				Claims.Reason reason = ControlFiles.read(this.layout.dead().resolve(name + REASON),
						Claims.Reason.class);
				dead.add(new Dead(name, (reason != null) ? reason.reason() : null));
			}
		}
		return dead;
	}

	private List<Incomplete> incomplete(List<String> names) {
		FileGroups groups = this.rules.groups();
		if (groups == null) {
			return List.of();
		}
		Map<String, SortedSet<String>> byKey = new TreeMap<>();
		for (String name : names) {
			FileGroups.Member member = groups.of(name);
			if (member != null) {
				byKey.computeIfAbsent(member.key(), (key) -> new TreeSet<>()).add(member.item());
			}
		}
		byKey.values().removeIf((items) -> items.containsAll(groups.items()));
		return byKey.entrySet().stream().map((group) -> {
			List<String> missing = groups.items().stream().filter((item) -> !group.getValue().contains(item)).toList();
			return new Incomplete(group.getKey(), List.copyOf(group.getValue()), missing);
		}).toList();
	}

	private List<String> stray(List<String> names) {
		FileGroups groups = this.rules.groups();
		return (groups != null) ? names.stream().filter((name) -> groups.of(name) == null).toList() : List.of();
	}

	private List<Announced> announced() throws IOException {
		return this.producers.all()
			.stream()
			.map((producer) -> new Announced(producer.producer(), producer.state().name().toLowerCase(Locale.ROOT),
					producer.reason()))
			.sorted(Comparator.comparing(Announced::name))
			.toList();
	}

}
