package io.pubsub.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@link IdempotencyStore} of one process: it forgets everything when that ends, and
 * knows nothing of others.
 *
 * @since 0.1.0
 */
public final class InMemoryIdempotencyStore implements IdempotencyStore {

	private final Expiry expiry;

	private final int maxEntries;

	private final Clock clock;

	private final Map<String, Attempt> inProgress = new HashMap<>();

	// The first one done is the first one to forget.
	private final Map<String, Instant> done = new LinkedHashMap<>();

	/**
	 * Makes a store.
	 * @param expiry the lease and the retention of the keys
	 * @param maxEntries the number of handled messages that it remembers at most; the
	 * oldest are forgotten first
	 * @param clock the time to go by
	 */
	public InMemoryIdempotencyStore(Expiry expiry, int maxEntries, Clock clock) {
		if (maxEntries < 1) {
			throw new IllegalArgumentException("an idempotency store must hold at least 1 entry, not " + maxEntries);
		}
		this.expiry = expiry;
		this.maxEntries = maxEntries;
		this.clock = clock;
	}

	@Override
	public synchronized Claim claim(String key) {
		Instant now = this.clock.instant();
		forget(now.minus(this.expiry.retention()));
		if (this.done.containsKey(key)) {
			return Claim.done(key);
		}
		Attempt other = this.inProgress.get(key);
		if (other != null && now.isBefore(other.until())) {
			return Claim.inProgress(key, Duration.between(now, other.until()));
		}
		Claim claim = Claim.granted(key);
		this.inProgress.put(key, new Attempt(claim.token(), now.plus(this.expiry.lease())));
		return claim;
	}

	@Override
	public synchronized void complete(Claim claim) {
		if (!remove(claim)) {
			throw new ClaimLostException(claim);
		}
		this.done.put(claim.key(), this.clock.instant());
	}

	@Override
	public synchronized void release(Claim claim) {
		remove(claim);
	}

	private boolean remove(Claim claim) {
		Attempt attempt = this.inProgress.get(claim.key());
		return attempt != null && attempt.token().equals(claim.token()) && this.inProgress.remove(claim.key(), attempt);
	}

	private void forget(Instant before) {
		Iterator<Instant> oldestFirst = this.done.values().iterator();
		while (oldestFirst.hasNext() && (!oldestFirst.next().isAfter(before) || this.done.size() > this.maxEntries)) {
			oldestFirst.remove();
		}
	}

	/**
	 * What is known of a message that is being handled.
	 *
	 * @param token the token of the claim
	 * @param until the time at which the claim passes to whoever asks
	 */
	private record Attempt(String token, Instant until) {

	}

}
