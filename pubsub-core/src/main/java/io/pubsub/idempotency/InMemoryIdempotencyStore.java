package io.pubsub.idempotency;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;

/**
 * {@link IdempotencyStore} of one process: it forgets everything when that ends, and
 * knows nothing of others.
 *
 * @since 0.1.0
 */
public final class InMemoryIdempotencyStore implements IdempotencyStore {

	private final Expiry expiry;

	private final int maxEntries;

	private final Timekeeper time;

	@GuardedBy("this")
	private final Map<String, Attempt> inProgress = new HashMap<>();

	// When each was done, the first one to forget first.
	@GuardedBy("this")
	private final Map<String, Long> done = new LinkedHashMap<>();

	/**
	 * Makes a store.
	 * @param expiry the lease and the retention of the keys
	 * @param maxEntries the number of handled messages that it remembers at most; the
	 * oldest are forgotten first
	 * @param time the time to go by, however the time of day jumps
	 */
	public InMemoryIdempotencyStore(Expiry expiry, int maxEntries, Timekeeper time) {
		if (maxEntries < 1) {
			throw new IllegalArgumentException("an idempotency store must hold at least 1 entry, not " + maxEntries);
		}
		this.expiry = expiry;
		this.maxEntries = maxEntries;
		this.time = time;
	}

	@Override
	public synchronized Claim claim(String key) {
		forget();
		if (this.done.containsKey(key)) {
			return Claim.done(key);
		}
		Attempt other = this.inProgress.get(key);
		Duration left = (other != null) ? this.expiry.lease().minus(since(other.begun())) : Duration.ZERO;
		if (left.compareTo(Duration.ZERO) > 0) {
			return Claim.inProgress(key, left);
		}
		Claim claim = Claim.granted(key);
		this.inProgress.put(key, new Attempt(claim.token(), this.time.nanos()));
		return claim;
	}

	@Override
	public synchronized void renew(Claim claim) {
		if (!remove(claim)) {
			throw new ClaimLostException(claim);
		}
		this.inProgress.put(claim.key(), new Attempt(claim.token(), this.time.nanos()));
	}

	@Override
	public synchronized void complete(Claim claim) {
		if (!remove(claim)) {
			throw new ClaimLostException(claim);
		}
		this.done.put(claim.key(), this.time.nanos());
	}

	@Override
	public synchronized void release(Claim claim) {
		remove(claim);
	}

	@GuardedBy("this")
	private boolean remove(Claim claim) {
		Attempt attempt = this.inProgress.get(claim.key());
		return attempt != null && attempt.token().equals(claim.token()) && this.inProgress.remove(claim.key(), attempt);
	}

	@GuardedBy("this")
	private void forget() {
		Iterator<Long> oldestFirst = this.done.values().iterator();
		while (oldestFirst.hasNext() && (isOver(oldestFirst.next()) || this.done.size() > this.maxEntries)) {
			oldestFirst.remove();
		}
	}

	private boolean isOver(long doneAt) {
		return since(doneAt).compareTo(this.expiry.retention()) >= 0;
	}

	private Duration since(long nanos) {
		return Duration.ofNanos(this.time.nanos() - nanos);
	}

	/**
	 * What is known of a message that is being handled.
	 *
	 * @param token the token of the claim
	 * @param begun the time of the claim, by {@link Timekeeper#nanos()}
	 */
	private record Attempt(String token, long begun) {

	}

}
