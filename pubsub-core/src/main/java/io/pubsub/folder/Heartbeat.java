package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sign of life of one consumer, a file that changes several times in a lease.
 * <p>
 * Others may take what it has once the file has stood still for a lease. It thinks so of
 * itself a little earlier: its lease begins before it writes, that of the others when
 * they see what was written.
 * <p>
 * Safe for use by many threads.
 */
final class Heartbeat implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(FolderQueue.class);

	private static final int BEATS_IN_LEASE = 4;

	private final Path file;

	private final Duration lease;

	private final Timekeeper time;

	private final String process;

	@GuardedBy("this")
	private long number;

	@GuardedBy("this")
	private long lastBeat;

	@GuardedBy("this")
	private long term;

	@GuardedBy("this")
	private boolean running;

	/**
	 * Makes a heart that does not beat.
	 * @param file the file
	 * @param lease the time for which others leave what this consumer has
	 * @param time the time
	 * @param process the process of the consumer, for people
	 */
	Heartbeat(Path file, Duration lease, Timekeeper time, String process) {
		this.file = file;
		this.lease = lease;
		this.time = time;
		this.process = process;
	}

	/**
	 * Begins to beat, unless it does already.
	 * @throws IOException if the file cannot be written
	 */
	synchronized void start() throws IOException {
		if (!this.running) {
			beat();
			this.running = true;
			scheduleNext();
		}
	}

	@GuardedBy("this")
	private void beat() throws IOException {
		long now = this.time.nanos();
		if (this.number > 0 && now - this.lastBeat >= this.lease.toNanos()) {
			// What was claimed before may have been taken meanwhile.
			this.term++;
		}
		this.number++;
		ControlFiles.write(this.file, new Beat(this.number, this.lease.toMillis(), this.process));
		this.lastBeat = now;
	}

	@GuardedBy("this")
	private void scheduleNext() {
		this.time.after(this.lease.dividedBy(BEATS_IN_LEASE), this::beatAgain);
	}

	private synchronized void beatAgain() {
		if (!this.running) {
			return;
		}
		try {
			beat();
		}
		catch (IOException ex) {
			logger.warn("Cannot show in {} that this consumer is alive: others take what it has after {}",
					this.file.getParent(), this.lease, LogText.printable(ex));
		}
		scheduleNext();
	}

	/**
	 * The term that the consumer is in: a new one begins when it has been silent for a
	 * lease.
	 * @return the number of the term
	 */
	synchronized long term() {
		return this.term;
	}

	/**
	 * Whether what was claimed in a term is still left to this consumer.
	 * @param term the number of the term
	 * @return {@code false} if others may have it
	 */
	synchronized boolean holds(long term) {
		return this.running && this.term == term && this.time.nanos() - this.lastBeat < this.lease.toNanos();
	}

	/**
	 * Stops, when the consumer has nothing any more.
	 */
	@Override
	public synchronized void close() {
		this.running = false;
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			logger.warn("Cannot delete {}, which nobody needs any more", this.file, LogText.printable(ex));
		}
	}

	/**
	 * The content of the file.
	 *
	 * @param number the number of the beat
	 * @param leaseMillis the lease, in milliseconds
	 * @param process the process of the consumer, for people
	 */
	record Beat(long number, long leaseMillis, String process) {

	}

}
