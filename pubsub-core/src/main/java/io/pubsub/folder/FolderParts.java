package io.pubsub.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.pubsub.internal.ProgressBar;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;

/**
 * The parts of one queue, as they were put together.
 *
 * @param name the name of this consumer
 * @param layout the folders
 * @param rules the rules for which files to take
 * @param moves the way to move files
 * @param scan the scan of the folder
 * @param consumer the consumer of the folder
 * @param consumers the other users of the folder
 * @param producers the producers of the folder
 * @param heartbeat the heartbeat of this user
 * @param arrivals the signals that files may have come
 * @param lease the time after which a silent consumer counts as dead
 * @param endWhenEmpty whether a source ends when nothing is left
 * @param backoff the delay of a failure when nobody asked for a certain one
 * @param time the time, a part of its own
 * @param open the producers that have not ended
 */
record FolderParts(String name, FolderLayout layout, FolderRules rules, FileMoves moves, FolderScan scan,
		FolderConsumer consumer, Consumers consumers, Producers producers, Heartbeat heartbeat, Arrivals arrivals,
		Duration lease, boolean endWhenEmpty, BackoffPolicy backoff, Timekeeper time, Set<Producer> open) {

	private static final Pattern PRODUCER = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

	/**
	 * A file was put into the folder by this process.
	 * @param file the name of the file
	 */
	void published(String file) {
		this.scan.published(file);
		this.arrivals.tell();
	}

	EndOfStream end() throws IOException {
		return new EndOfStream(this.layout, this.producers, this.consumers, this.name, this.consumer::lookAgain);
	}

	FolderFeed feed() throws IOException {
		return new FolderFeed(this.consumer, end(), this.endWhenEmpty, this.lease, this.arrivals, this.time,
				new FolderProgress(ProgressBar.onTerminal(String.valueOf(this.layout.root().getFileName()))));
	}

	Producer announce(String producer) {
		if (!PRODUCER.matcher(producer).matches()) {
			throw new IllegalArgumentException(
					"the name of a producer is made of letters, digits, dots, hyphens and underscores, not "
							+ producer);
		}
		try {
			this.heartbeat.start();
			Producer announced = new Producer(this.producers, this.producers.announce(producer, this.name),
					this.arrivals::tell);
			this.open.add(announced);
			return announced;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Producer %s cannot be announced".formatted(producer), ex);
		}
	}

	int markAllDone() throws IOException {
		int count = 0;
		for (List<FolderConsumer.Taken> taken = this.consumer.take(1); !taken.isEmpty(); taken = this.consumer
			.take(1)) {
			this.consumer.succeeded(taken.get(0).claim());
			count++;
		}
		return count;
	}

	FolderStateReader reader() {
		return new FolderStateReader(this.layout, this.rules, this.producers,
				new Attempts(this.layout.attempts(), this.time));
	}

	FolderCleaner cleaner() {
		return new FolderCleaner(this.layout, this.moves);
	}

	void close() throws IOException {
		try {
			this.open.forEach((producer) -> producer.fail("its process ended before it said that it was done"));
			this.consumer.releaseAll();
		}
		finally {
			this.arrivals.close();
			this.heartbeat.close();
			this.time.close();
		}
	}

	static Set<Producer> none() {
		return ConcurrentHashMap.newKeySet();
	}

}
