package io.pubsub.kinesis.consume;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a subscription whose leases are ours.
 * <p>
 * Safe for use by many threads.
 */
final class Shards {

	// Less than the library waits before it hands the lease over anyway.
	private static final Duration HAND_OVER = Duration.ofSeconds(25);

	private final Set<Shard> shards = ConcurrentHashMap.newKeySet();

	private final int mostOpen;

	private final RetryRules rules;

	private final Timekeeper time;

	private final Room room;

	private volatile @Nullable Long stopped;

	/**
	 * Makes a set without shards.
	 * @param options the options
	 * @param receiver the receiver of the records
	 * @param limit the largest number of records that whoever runs the source wants
	 * @param time the time
	 */
	Shards(KinesisSourceOptions options, Receiver receiver, int limit, Timekeeper time) {
		this.mostOpen = options.maxOpen();
		this.rules = new RetryRules(options.backoff(), options.maxAttempts(), options.maxRetryTime());
		this.time = time;
		this.room = new Room(receiver, options.concurrency(), options.maxPrefetch(), limit, this::isBlocking);
	}

	private boolean isBlocking() {
		return this.shards.stream().anyMatch(Shard::isBlocking);
	}

	Room room() {
		return this.room;
	}

	Stream<Shard> stream() {
		return this.shards.stream();
	}

	/**
	 * Opens a shard.
	 * @param id the id of the shard
	 * @param lease its lease, which has just become ours
	 * @return the shard, which is closed already if the subscription has stopped
	 */
	Shard open(String id, ShardLease lease) {
		Shard shard = new Shard(id, lease, this.mostOpen, this.rules, this.room, this.time);
		this.shards.add(shard);
		if (isStopped()) {
			shard.close();
		}
		return shard;
	}

	void close(Shard shard) {
		this.shards.remove(shard);
	}

	/**
	 * Hands over nothing more, and takes back what nobody has begun.
	 * @param drain the time for what has been begun
	 */
	void stop(Duration drain) {
		this.stopped = this.time.nanos() + drain.toNanos();
		this.shards.forEach(Shard::close);
	}

	/**
	 * Whether a shard waits for records that keep failing.
	 * @return {@code true} if so at this moment
	 */
	boolean isHeldUp() {
		return this.shards.stream().anyMatch(Shard::isHeldUp);
	}

	boolean isEmpty() {
		return this.shards.isEmpty();
	}

	boolean isStopped() {
		return this.stopped != null;
	}

	/**
	 * When what has been begun is given up, if that is decided now.
	 * @return the time, of the timekeeper
	 */
	long endOfDrain() {
		Long end = this.stopped;
		return (end != null) ? end : this.time.nanos() + HAND_OVER.toNanos();
	}

	/**
	 * Gives up what is left.
	 */
	void lose() {
		this.shards.forEach(Shard::lose);
	}

}
