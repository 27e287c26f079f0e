package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps messages hidden for as long as they are in flight: extends the visibility of each
 * when two thirds of it are over, with one timer for all, and together with what is due
 * soon.
 */
final class Heartbeat {

	private static final CompletableFuture<Void> NONE = CompletableFuture.completedFuture(null);

	// An extension by less is not worth a request: the 12 hours are over.
	private static final long SHORTEST_EXTENSION_SECONDS = 2;

	private static final int COMPANY_PART = 10;

	// The value is the extension that is under way, or was the last.
	private final Map<Receipt, CompletableFuture<Void>> kept = new ConcurrentHashMap<>();

	private final SqsAcknowledger acknowledger;

	private final Timekeeper time;

	private boolean timerSet;

	Heartbeat(SqsAcknowledger acknowledger, Timekeeper time) {
		this.acknowledger = acknowledger;
		this.time = time;
	}

	/**
	 * Begins to keep a message hidden.
	 * @param receipt the message
	 */
	void keep(Receipt receipt) {
		if (receipt.visibility() >= TimeUnit.SECONDS.toNanos(1)) {
			this.kept.put(receipt, NONE);
			setTimer();
		}
	}

	/**
	 * Keeps a message hidden no longer.
	 * @param receipt the message
	 * @return completes when no extension of it is under way any more, which would undo
	 * what comes after
	 */
	CompletableFuture<Void> release(Receipt receipt) {
		CompletableFuture<Void> extension = this.kept.remove(receipt);
		if (extension == null || extension.isDone()) {
			return NONE;
		}
		this.acknowledger.cancelExtension(receipt);
		return extension;
	}

	private synchronized void setTimer() {
		if (this.timerSet) {
			return;
		}
		long now = this.time.nanos();
		long wait = this.kept.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isDone() && canBeExtended(entry.getKey(), now))
			.mapToLong((entry) -> dueAt(entry.getKey()) - now)
			.min()
			.orElse(Long.MAX_VALUE);
		if (wait < Long.MAX_VALUE) {
			this.timerSet = this.time.after(Duration.ofNanos(Math.max(wait, 0)), this::beat);
		}
	}

	private void beat() {
		synchronized (this) {
			this.timerSet = false;
		}
		long now = this.time.nanos();
		this.kept.forEach((receipt, last) -> {
			boolean due = dueAt(receipt) - now <= receipt.visibility() / COMPANY_PART;
			if (last.isDone() && due && canBeExtended(receipt, now)) {
				extend(receipt, last, now);
			}
		});
		setTimer();
	}

	private void extend(Receipt receipt, CompletableFuture<Void> last, long now) {
		CompletableFuture<Void> extension = new CompletableFuture<>();
		// Whoever has released it meanwhile must not find it extended afterwards.
		if (this.kept.replace(receipt, last, extension)) {
			long seconds = seconds(receipt, now);
			this.acknowledger.extend(receipt, (int) seconds, (extended) -> {
				if (extended) {
					receipt.extendTo(now + TimeUnit.SECONDS.toNanos(seconds));
				}
				else if (this.kept.remove(receipt, extension)) {
					this.acknowledger.lost("keep", receipt);
				}
				extension.complete(null);
				setTimer();
			});
		}
	}

	private static boolean canBeExtended(Receipt receipt, long now) {
		long until = now + TimeUnit.SECONDS.toNanos(seconds(receipt, now));
		return until - receipt.expiresAt() >= TimeUnit.SECONDS.toNanos(SHORTEST_EXTENSION_SECONDS)
				|| seconds(receipt, now) >= TimeUnit.NANOSECONDS.toSeconds(receipt.visibility());
	}

	private static long seconds(Receipt receipt, long now) {
		return Math.min(TimeUnit.NANOSECONDS.toSeconds(receipt.visibility()), receipt.secondsLeft(now));
	}

	private static long dueAt(Receipt receipt) {
		return receipt.expiresAt() - receipt.visibility() / 3;
	}

}
