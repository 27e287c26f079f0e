package io.pubsub.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

import io.pubsub.internal.DurationText;
import io.pubsub.source.InputException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Options of a {@link FolderQueue}, each with a default.
 *
 * @since 0.1.0
 */
public final class FolderQueueBuilder {

	private static final Logger logger = LoggerFactory.getLogger(FolderQueue.class);

	private static final int LONGEST_HOST = 24;

	private static final int SUFFIX_LENGTH = 6;

	private final Path folder;

	private String extension = "";

	private @Nullable String marker;

	private CandidateOrder.Function order = FolderOrder.NAME::textOf;

	private @Nullable FileGroups groups;

	private FolderContent content = FolderContent.FILE;

	private @Nullable Path done;

	private @Nullable Path dead;

	private Duration settle = Duration.ofSeconds(2);

	private Duration scanInterval = Duration.ofSeconds(2);

	private Duration overdue = Duration.ofMinutes(10);

	private Duration lease = Duration.ofMinutes(1);

	private int maxAttempts = 5;

	private boolean endWhenEmpty;

	private BackoffPolicy backoff = BackoffPolicy.DEFAULT;

	private Timekeeper timekeeper = Timekeeper.shared();

	private FileMoves moves = new FileMoves();

	FolderQueueBuilder(Path folder) {
		this.folder = folder;
	}

	/**
	 * Takes only files whose names end so. By default all are messages but those whose
	 * names begin with a dot or end in {@code .tmp}, {@code .part} or {@code .filepart}.
	 * @param extension the end of the names, such as {@code .tsv}
	 * @return this builder
	 */
	public FolderQueueBuilder extension(String extension) {
		this.extension = extension;
		return this;
	}

	/**
	 * Takes a file of somebody else also as soon as another one is beside it that says
	 * that it is complete, and that is deleted then.
	 * @param marker the end of the name of that other file, behind the name of the file,
	 * such as {@code .ready}
	 * @return this builder
	 */
	public FolderQueueBuilder marker(String marker) {
		check(!marker.isBlank(), "the marker of a complete file needs a name");
		this.marker = marker;
		return this;
	}

	/**
	 * Sorts files. The default is by name. Groups are sorted by their first files.
	 * @param order the order
	 * @return this builder
	 */
	public FolderQueueBuilder order(FolderOrder order) {
		this.order = order::textOf;
		return this;
	}

	/**
	 * Sorts files by a text that is made of their names. Those for which the function
	 * fails or gives {@code null} come last, which is logged once for each.
	 * @param order the function
	 * @return this builder
	 */
	public FolderQueueBuilder order(Function<String, @Nullable String> order) {
		this.order = (name, version) -> order.apply(name);
		return this;
	}

	/**
	 * Takes files in groups, each whole or not at all. By default each file is a message.
	 * @param groups the groups
	 * @return this builder
	 */
	public FolderQueueBuilder groups(FileGroups groups) {
		this.groups = groups;
		return this;
	}

	/**
	 * Sets what of a file is the content of its message. The default is where it is. A
	 * group has no other.
	 * @param content the content
	 * @return this builder
	 */
	public FolderQueueBuilder content(FolderContent content) {
		this.content = content;
		return this;
	}

	/**
	 * Moves finished files to a folder. By default they are deleted.
	 * @param done the folder, made if it is missing; a relative one is in that of the
	 * queue
	 * @return this builder
	 */
	public FolderQueueBuilder done(Path done) {
		this.done = done;
		return this;
	}

	/**
	 * Sets the folder for files that are given up. The default is {@code dead}.
	 * @param dead the folder, made if it is missing; a relative one is in that of the
	 * queue
	 * @return this builder
	 */
	public FolderQueueBuilder dead(Path dead) {
		this.dead = dead;
		return this;
	}

	/**
	 * Sets for how long size and time of a file must stand still before it is taken. The
	 * default is 2 s. What this process puts into the folder, or what a destination of
	 * any process does, need not wait.
	 * @param settle the time; zero if all who write there rename complete files into the
	 * folder
	 * @return this builder
	 */
	public FolderQueueBuilder settle(Duration settle) {
		check(!settle.isNegative(), "the time in which a file settles must not be negative");
		this.settle = settle;
		return this;
	}

	/**
	 * Sets the longest time between two looks at the folder, where nothing tells that
	 * files have come. The default is 2 s.
	 * @param scanInterval the time, at least 1 ms
	 * @return this builder
	 */
	public FolderQueueBuilder scanInterval(Duration scanInterval) {
		check(scanInterval.toMillis() > 0,
				"the scan interval must be at least 1ms, not " + DurationText.of(scanInterval));
		this.scanInterval = scanInterval;
		return this;
	}

	/**
	 * Sets after what time an incomplete group is reported. The default is 10 min.
	 * @param overdue the time
	 * @return this builder
	 */
	public FolderQueueBuilder reportIncompleteAfter(Duration overdue) {
		this.overdue = overdue;
		return this;
	}

	/**
	 * Sets after what time without a sign of life a consumer counts as dead. The default
	 * is 1 min. On a network drive it is 3 min at least, for so long may what others see
	 * of it be old.
	 * @param lease the time, at least 1 s
	 * @return this builder
	 */
	public FolderQueueBuilder lease(Duration lease) {
		check(lease.toMillis() >= Duration.ofSeconds(1).toMillis(),
				"the lease must be at least 1s, not " + DurationText.of(lease));
		this.lease = lease;
		return this;
	}

	/**
	 * Sets after how many attempts a file is given up. The default is 5.
	 * @param maxAttempts the number, at least 1
	 * @return this builder
	 */
	public FolderQueueBuilder maxAttempts(int maxAttempts) {
		check(maxAttempts > 0, "there must be at least 1 attempt, not " + maxAttempts);
		this.maxAttempts = maxAttempts;
		return this;
	}

	/**
	 * Lets a source end as soon as nothing is left, also without producers.
	 * @return this builder
	 */
	public FolderQueueBuilder endWhenEmpty() {
		this.endWhenEmpty = true;
		return this;
	}

	/**
	 * Sets the delay of a failure when nobody asked for a certain one. The default is
	 * exponential, from 1 s to 15 min.
	 * @param backoff the policy
	 * @return this builder
	 */
	public FolderQueueBuilder backoff(BackoffPolicy backoff) {
		this.backoff = backoff;
		return this;
	}

	/**
	 * Sets the time. The default is {@link Timekeeper#shared()}.
	 * @param timekeeper the timekeeper, which stays the caller's to close
	 * @return this builder
	 */
	public FolderQueueBuilder timekeeper(Timekeeper timekeeper) {
		this.timekeeper = timekeeper;
		return this;
	}

	FolderQueueBuilder moves(FileMoves moves) {
		this.moves = moves;
		return this;
	}

	/**
	 * Makes the queue.
	 * @return the queue, for the caller to close
	 * @throws InputException if there is no such folder, or nothing may be written there
	 */
	public FolderQueue build() {
		check(this.groups == null || this.content == FolderContent.FILE,
				"the content of a group is where its files are, not " + this.content);
		FolderLayout layout = layout();
		layout.create();
		Timekeeper time = this.timekeeper.part();
		FolderRules rules = rules();
		Arrivals arrivals = new Arrivals(rules::isMessage);
		FolderQueue queue = new FolderQueue(parts(layout, rules, arrivals, time));
		arrivals.watch(layout);
		return queue;
	}

	/**
	 * Looks at the folder without a queue. Nothing is written there.
	 * @return the state at this moment
	 * @throws InputException if there is no such folder
	 * @throws UncheckedIOException if it cannot be read
	 */
	public FolderState state() {
		FolderLayout layout = layout().check();
		try {
			return new FolderStateReader(layout, rules(), new Producers(layout, this.timekeeper),
					new Attempts(layout.attempts(), this.timekeeper))
				.read();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The folder %s cannot be read".formatted(layout.root()), ex);
		}
	}

	private FolderLayout layout() {
		return FolderLayout.of(this.folder, this.done, this.dead);
	}

	private FolderRules rules() {
		return new FolderRules(this.extension, this.marker, this.order, this.groups, this.settle, this.scanInterval,
				this.overdue);
	}

	private FolderParts parts(FolderLayout layout, FolderRules rules, Arrivals arrivals, Timekeeper time) {
		String name = "%s-%d-%s".formatted(host(), ProcessHandle.current().pid(),
				UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH));
		Duration lease = NetworkDrives.leaseOn(layout.root(), this.lease);
		Attempts attempts = new Attempts(layout.attempts(), time);
		FolderScan scan = new FolderScan(layout.root(), rules, attempts, time);
		Heartbeat heartbeat = new Heartbeat(layout.consumers().resolve(name), lease, time, name);
		Consumers consumers = new Consumers(layout.consumers(), lease, time);
		Claims claims = new Claims(layout, name, heartbeat, this.moves, attempts, this.maxAttempts, (file) -> {
			scan.published(file);
			arrivals.tell();
		});
		FolderConsumer consumer = new FolderConsumer(name, scan, claims, consumers,
				new FolderMessages(layout.root(), this.content, this.groups));
		arrivals.add(scan::changed);
		return new FolderParts(name, layout, rules, this.moves, scan, consumer, consumers, new Producers(layout, time),
				heartbeat, arrivals, lease, this.endWhenEmpty, this.backoff, time, FolderParts.none());
	}

	private static String host() {
		try {
			String host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9_-]", "-");
			return host.substring(0, Math.min(host.length(), LONGEST_HOST));
		}
		catch (UnknownHostException ex) {
			logger.debug("The name of this machine is not known", ex);
			return "unknown";
		}
	}

	private static void check(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
