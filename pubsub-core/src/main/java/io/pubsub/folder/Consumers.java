package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * The other users of a folder, as their heartbeats show them to this one: by its own
 * clock, so that no two clocks have to agree.
 * <p>
 * Safe for use by many threads.
 */
final class Consumers {

	private final Path folder;

	private final Duration lease;

	private final Timekeeper time;

	@GuardedBy("this")
	private final Map<String, Seen> seen = new HashMap<>();

	/**
	 * Makes an observer that has seen nobody.
	 * @param folder the folder of the heartbeats
	 * @param lease the shortest lease that anybody has
	 * @param time the time
	 */
	Consumers(Path folder, Duration lease, Timekeeper time) {
		this.folder = folder;
		this.lease = lease;
		this.time = time;
	}

	/**
	 * Looks at a consumer.
	 * @param consumer the consumer
	 * @return its state
	 * @throws IOException if its heartbeat cannot be read
	 */
	synchronized Life of(String consumer) throws IOException {
		Heartbeat.Beat beat = ControlFiles.read(this.folder.resolve(consumer), Heartbeat.Beat.class);
		Seen before = this.seen.get(consumer);
		if (before == null || !equals(before.beat(), beat)) {
			this.seen.put(consumer, new Seen(beat, this.time.nanos(), before != null && beat != null));
			return (before != null && beat != null) ? Life.ALIVE : Life.UNKNOWN;
		}
		Duration still = Duration.ofNanos(this.time.nanos() - before.since());
		if (still.compareTo(leaseOf(beat)) >= 0) {
			return before.wasAlive() ? Life.DIED : Life.DEAD;
		}
		return before.wasAlive() ? Life.ALIVE : Life.UNKNOWN;
	}

	private static boolean equals(Heartbeat.@Nullable Beat one, Heartbeat.@Nullable Beat other) {
		return (one != null) ? one.equals(other) : other == null;
	}

	private Duration leaseOf(Heartbeat.@Nullable Beat beat) {
		Duration own = (beat != null) ? Duration.ofMillis(beat.leaseMillis()) : this.lease;
		return (own.compareTo(this.lease) > 0) ? own : this.lease;
	}

	/**
	 * Forgets a consumer that has nothing any more.
	 * @param consumer the consumer
	 * @throws IOException if its heartbeat cannot be deleted
	 */
	synchronized void forget(String consumer) throws IOException {
		Files.deleteIfExists(this.folder.resolve(consumer));
		this.seen.remove(consumer);
	}

	/**
	 * How a consumer is.
	 */
	enum Life {

		/** Its heartbeat has changed not long ago. */
		ALIVE,

		/** Nobody knows yet. */
		UNKNOWN,

		/** Its heartbeat has stood still for a lease, and was never seen to change. */
		DEAD,

		/** Its heartbeat was seen to change, and has stood still for a lease since. */
		DIED;

		boolean isOver() {
			return this == DEAD || this == DIED;
		}

	}

	private record Seen(Heartbeat.@Nullable Beat beat, long since, boolean wasAlive) {

	}

}
