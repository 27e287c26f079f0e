package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;

/**
 * Keeps messages hidden for as long as they are in flight: extends the visibility of each
 * when two thirds of it are over, with one timer for all, and together with what is due
 * soon. Tells when a message is lost: an extension was refused, or its visibility ended,
 * which the timer notices or whoever asks before, such as after a pause of the process.
 */
final class Heartbeat {

	private static final CompletableFuture<Void> NONE = CompletableFuture.completedFuture(null);

	// An extension by less is not worth a request: the 12 hours are over.
	private static final long SHORTEST_EXTENSION_SECONDS = 2;

	private static final int COMPANY_PART = 10;

	private final Map<Receipt, Kept> kept = new ConcurrentHashMap<>();

	private final SqsAcknowledger acknowledger;

	private final Timekeeper time;

	private final boolean extending;

	@GuardedBy("this")
	private boolean timerSet;

	Heartbeat(SqsAcknowledger acknowledger, Timekeeper time, boolean extending) {
		this.acknowledger = acknowledger;
		this.time = time;
		this.extending = extending;
	}

	/**
	 * Begins to keep a message hidden.
	 * @param receipt the message
	 * @param onLost told, at most once, that the message is lost
	 */
	void keep(Receipt receipt, Runnable onLost) {
		this.kept.put(receipt, new Kept(onLost, NONE));
		setTimer();
	}

	/**
	 * Keeps a message hidden no longer.
	 * @param receipt the message
	 * @return completes when no extension of it is under way any more, which would undo
	 * what comes after
	 */
	CompletableFuture<Void> release(Receipt receipt) {
		Kept released = this.kept.remove(receipt);
		if (released == null || released.extension().isDone()) {
			return NONE;
		}
		this.acknowledger.cancelExtension(receipt);
		return released.extension();
	}

	/**
	 * Looks whether the visibility of a message has ended, and if so tells at once that
	 * it is lost.
	 * @param receipt the message
	 */
	void check(Receipt receipt) {
		if (receipt.isOver(this.time.nanos())) {
			Kept keeping = this.kept.get(receipt);
			if (keeping != null) {
				lose(receipt, keeping);
			}
		}
	}

	private synchronized void setTimer() {
		if (this.timerSet || this.kept.isEmpty()) {
			return;
		}
		long now = this.time.nanos();
		long wait = this.kept.entrySet()
			.stream()
			.mapToLong((entry) -> nextAt(entry.getKey(), entry.getValue(), now) - now)
			.min()
			.orElse(0);
		this.timerSet = !this.time.after(Duration.ofNanos(wait), this::beat).isCancelled();
	}

	private void beat() {
		synchronized (this) {
			this.timerSet = false;
		}
		long now = this.time.nanos();
		this.kept.forEach((receipt, keeping) -> {
			if (receipt.isOver(now)) {
				lose(receipt, keeping);
			}
			else if (isExtended(receipt, keeping, now) && dueAt(receipt) - now <= company(receipt)) {
				extend(receipt, keeping, now);
			}
		});
		setTimer();
	}

	private void lose(Receipt receipt, Kept lost) {
		if (this.kept.remove(receipt, lost)) {
			this.acknowledger.notKept(receipt);
			lost.onLost().run();
		}
	}

	private void extend(Receipt receipt, Kept last, long now) {
		Kept next = new Kept(last.onLost(), new CompletableFuture<>());
		// Whoever has released it meanwhile must not find it extended afterwards.
		if (this.kept.replace(receipt, last, next)) {
			long seconds = seconds(receipt, now);
			this.acknowledger.extend(receipt, (int) seconds, () -> next.equals(this.kept.get(receipt)), (extended) -> {
				// What was answered late may not have been carried out in time.
				if (extended && !receipt.isOver(this.time.nanos())) {
					receipt.extendTo(now + TimeUnit.SECONDS.toNanos(seconds));
				}
				else {
					lose(receipt, next);
				}
				next.extension().complete(null);
				setTimer();
			});
		}
	}

	private long nextAt(Receipt receipt, Kept keeping, long now) {
		return isExtended(receipt, keeping, now) ? dueAt(receipt) : receipt.expiresAt();
	}

	private boolean isExtended(Receipt receipt, Kept keeping, long now) {
		return this.extending && keeping.extension().isDone() && canBeExtended(receipt, now);
	}

	private static boolean canBeExtended(Receipt receipt, long now) {
		long until = now + TimeUnit.SECONDS.toNanos(seconds(receipt, now));
		return until - receipt.expiresAt() >= TimeUnit.SECONDS.toNanos(SHORTEST_EXTENSION_SECONDS)
				|| seconds(receipt, now) >= receipt.visibility().seconds();
	}

	private static long seconds(Receipt receipt, long now) {
		return Math.min(receipt.visibility().seconds(), receipt.secondsLeft(now));
	}

	private static long dueAt(Receipt receipt) {
		return receipt.expiresAt() - receipt.visibility().nanos() / 3;
	}

	// Whatever is due about now goes in the same request.
	private static long company(Receipt receipt) {
		return receipt.visibility().nanos() / COMPANY_PART;
	}

	/**
	 * How a message is kept.
	 *
	 * @param onLost told that the message is lost
	 * @param extension the extension that is under way, or was the last
	 */
	private record Kept(Runnable onLost, CompletableFuture<Void> extension) {

	}

}
