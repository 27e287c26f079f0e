package io.pubsub.kinesis.consume;

import org.jspecify.annotations.Nullable;

/**
 * The lease of a shard, which another worker may take over at any time.
 */
@FunctionalInterface
interface ShardLease {

	/**
	 * Looks at the lease. May wait for a call that is renewing it.
	 * @return the hold on it; {@code null} if it is not held any more
	 */
	@Nullable Hold look();

	/**
	 * The hold on a lease.
	 *
	 * @param until the time until which it is held unless it is renewed, of the
	 * timekeeper
	 * @param wanted whether another worker is to take the lease over as soon as it is
	 * given up
	 */
	record Hold(long until, boolean wanted) {

	}

}
