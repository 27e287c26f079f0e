package io.pubsub.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.source.InputException;
import io.pubsub.source.PullSource;
import io.pubsub.source.UpstreamFailedException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose messages are the files of a folder, so that anybody can look into it and
 * see how it stands. What is in it survives the processes that use it.
 * <p>
 * A consumer claims a file by renaming it, to a name that says who has it, and shows by a
 * heartbeat that it lives. What a dead consumer has left comes back under its old name,
 * as one more attempt. Nothing is ever overwritten. Files that are finished are deleted,
 * or moved to the folder for what is done; those that are given up are moved to the
 * folder for the dead.
 * <p>
 * An instance is one consumer and producer, with one heartbeat however many sources it
 * gives. It takes nothing before it is asked to. Safe for use by many threads, and a
 * folder by many processes, also on many machines.
 *
 * @since 0.1.0
 */
public final class FolderQueue implements AutoCloseable {

	// File systems permit 255, and who claims it puts its own name behind it.
	private static final int LONGEST_NAME = 190;

	private final FolderParts parts;

	private final Semaphore arrived = new Semaphore(0);

	@GuardedBy("this")
	private @Nullable EndOfStream polledEnd;

	@GuardedBy("this")
	private boolean closed;

	private volatile boolean ended;

	FolderQueue(FolderParts parts) {
		this.parts = parts;
		this.parts.arrivals().add(this.arrived::release);
	}

	/**
	 * The queue of a folder, with the defaults of the builder.
	 * @param folder the folder, which exists
	 * @return the queue, for the caller to close
	 * @throws InputException if there is no such folder, or nothing may be written there
	 */
	public static FolderQueue of(Path folder) {
		return builder(folder).build();
	}

	/**
	 * A builder of a queue.
	 * @param folder the folder, which exists
	 * @return a new builder
	 */
	public static FolderQueueBuilder builder(Path folder) {
		return new FolderQueueBuilder(folder);
	}

	/**
	 * Whether a folder was ever used as a queue.
	 * @param folder the folder
	 * @return {@code false} also if there is no such folder
	 */
	public static boolean isUsed(Path folder) {
		return Files.isDirectory(folder.resolve(FolderLayout.CONTROL));
	}

	/**
	 * Moves a file into the folder, also from another file system. No consumer sees a
	 * part of it.
	 * @param file the file
	 * @return the file in the folder
	 * @throws UncheckedIOException if it cannot be moved; with a
	 * {@link FileAlreadyExistsException} if there is one of its name
	 */
	public Path put(Path file) {
		return put(file, this.parts.moves()::move);
	}

	/**
	 * Copies a file into the folder. No consumer sees a part of it.
	 * @param file the file
	 * @return the file in the folder
	 * @throws UncheckedIOException as {@link #put(Path)}
	 */
	public Path putCopy(Path file) {
		return put(file, this.parts.moves()::publishCopy);
	}

	private Path put(Path file, Put put) {
		String name = file.toAbsolutePath().getFileName().toString();
		if (!this.parts.rules().isMessage(name)) {
			throw new IllegalArgumentException("%s is no name of a message in %s".formatted(name, this));
		}
		if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
			throw new IllegalArgumentException("%s is too long: the name of a message in %s has at most %d bytes"
				.formatted(name, this, LONGEST_NAME));
		}
		Path target = root().resolve(name);
		try {
			put.put(file, target);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be put into %s".formatted(file, this), ex);
		}
		this.parts.published(name);
		return target;
	}

	/**
	 * Takes the next message.
	 * @param timeout the longest time to wait for one
	 * @return the delivery of the message, begun, for the caller to settle; {@code null}
	 * if none has come, or if none will ever come
	 * @throws UpstreamFailedException if a producer has failed
	 * @throws UncheckedIOException if the folder cannot be read
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public @Nullable Delivery poll(Duration timeout) throws InterruptedException {
		Timekeeper time = this.parts.time();
		long deadline = time.nanos() + timeout.toNanos();
		while (true) {
			this.arrived.drainPermits();
			Delivery delivery = poll();
			Duration left = Duration.ofNanos(deadline - time.nanos());
			if (delivery != null || this.ended || left.isNegative() || left.isZero()) {
				return delivery;
			}
			Duration due = this.parts.consumer().untilDue();
			Timekeeper.Task wake = time.after((due.compareTo(left) < 0) ? due : left, this.arrived::release);
			this.arrived.acquire();
			wake.cancel();
		}
	}

	private synchronized @Nullable Delivery poll() {
		try {
			if (this.polledEnd == null) {
				this.polledEnd = this.parts.end();
			}
			this.ended = this.polledEnd.isReached(this.parts.consumer().isWorkedOff());
			List<FolderConsumer.Taken> taken = this.ended ? List.of() : this.parts.consumer().take(1);
			return taken.isEmpty() ? null : begin(taken.get(0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be read".formatted(this), ex);
		}
	}

	private Delivery begin(FolderConsumer.Taken taken) {
		TrackedDelivery delivery = new TrackedDelivery(taken.message(), taken.claim().attempts() + 1,
				new PolledDelivery(this.parts.consumer(), taken.claim(), this.parts.backoff()));
		delivery.begin();
		return delivery;
	}

	/**
	 * Whether {@link #poll(Duration)} has found that nothing more will come.
	 * @return {@code true} if all producers have closed, and nothing is left
	 */
	public boolean isEnded() {
		return this.ended;
	}

	/**
	 * Announces a producer, so that consumers wait until it has said that it is done.
	 * @param name the name of the producer, which no other one has at the same time:
	 * letters, digits, dots, hyphens and underscores
	 * @return the producer
	 */
	public Producer announce(String name) {
		return this.parts.announce(name);
	}

	/**
	 * The files that are not done: those that wait, also for their next attempt, and
	 * those that somebody has.
	 * @return their own names, in alphabetical order
	 */
	public List<String> outstanding() {
		FolderState state = state();
		return Stream
			.concat(state.waiting().stream().map(FolderState.Waiting::name),
					state.atWork().stream().map(FolderState.AtWork::name))
			.sorted()
			.toList();
	}

	/**
	 * How the folder stands.
	 * @return the state at this moment
	 */
	public FolderState state() {
		try {
			return this.parts.reader().read();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be read".formatted(this), ex);
		}
	}

	/**
	 * Finishes everything that can be taken now, without any work on it. What others have
	 * stays theirs.
	 * @return the number of messages
	 */
	public synchronized int markAllDone() {
		try {
			return this.parts.markAllDone();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be marked as done".formatted(this), ex);
		}
	}

	/**
	 * Puts the folder back to where nobody has worked on it: all files that somebody has
	 * get their own names again, and what producers and consumers have left is deleted.
	 * Meant for when nobody uses the folder; whoever does loses what it has.
	 * @return the number of files that got their names again
	 */
	public int reset() {
		try {
			return this.parts.cleaner().reset();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be reset".formatted(this), ex);
		}
	}

	/**
	 * Deletes, for good, all files in the folder, with those that are done and dead if
	 * they are in it, and nothing outside of it. Other folders in it stay.
	 * @param confirmation the name of the folder, without its path, to show that this is
	 * meant
	 * @return the number of deleted messages
	 * @throws IllegalArgumentException if that is not its name
	 */
	public int purge(String confirmation) {
		if (!confirmation.equals(String.valueOf(root().getFileName()))) {
			throw new IllegalArgumentException(
					"to purge %s takes its name, %s, not %s".formatted(this, root().getFileName(), confirmation));
		}
		try {
			return this.parts.cleaner().purge();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be purged".formatted(this), ex);
		}
	}

	/**
	 * The source of the messages, with as many unsettled as the receiver works on.
	 * @return a source, which ends when all producers have closed and nothing is left,
	 * and which may be started several times
	 */
	public Source source() {
		return new FolderSource(this, 0);
	}

	/**
	 * The source of the messages.
	 * @param limit the largest number of unsettled messages, from 1 to
	 * {@link Receiver#MAX_CONCURRENCY}
	 * @return as {@link #source()}
	 */
	public Source source(int limit) {
		if (limit < 1) {
			throw new IllegalArgumentException("the limit of a folder must be at least 1, not " + limit);
		}
		return new FolderSource(this, limit);
	}

	FolderFeed feed() throws IOException {
		return this.parts.feed();
	}

	PullSource.Builder pull(FolderFeed feed) {
		return PullSource.builder(toString(), feed)
			.backoff(this.parts.backoff())
			.pollInterval(this.parts.rules().scanInterval())
			.timekeeper(this.parts.time());
	}

	/**
	 * Gives back what was polled and not settled, fails producers that have not closed,
	 * and ends the heartbeat. Sources are to be stopped before.
	 */
	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		try {
			this.parts.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be closed".formatted(this), ex);
		}
	}

	private Path root() {
		return this.parts.layout().root();
	}

	/**
	 * The address of this queue.
	 */
	@Override
	public String toString() {
		return "folder:" + Objects.requireNonNull(root());
	}

	private interface Put {

		void put(Path file, Path target) throws IOException;

	}

}
