package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * Settlements of one kind on their way to SQS: they leave in batches, as soon as ten are
 * together or the first has waited for the linger, one entry a message. What fails is
 * sent again until the message is no longer ours.
 */
final class SettlementQueue {

	private static final int MAX_CALLS = 16;

	private static final long FIRST_RETRY_MILLIS = 100;

	private static final long LAST_RETRY_MILLIS = 5_000;

	private static final int LINGER_PART = 6;

	private final BatchCall call;

	private final Timekeeper time;

	private final Duration linger;

	private final SettlementListener listener;

	// All below is guarded by "this"; no foreign code runs under the lock.

	private final Map<String, PendingSettlement> waiting = new LinkedHashMap<>();

	private final Map<String, PendingSettlement> retrying = new HashMap<>();

	private final CompletableFuture<Void> emptied = new CompletableFuture<>();

	private int calls;

	private int sent;

	private boolean timerSet;

	private boolean hurried;

	private boolean closed;

	SettlementQueue(BatchCall call, Timekeeper time, Duration linger, SettlementListener listener) {
		this.call = call;
		this.time = time;
		this.linger = linger;
		this.listener = listener;
	}

	void add(PendingSettlement settlement) {
		enqueue(settlement);
		sendBatches();
	}

	synchronized int size() {
		return this.waiting.size() + this.retrying.size() + this.sent;
	}

	/**
	 * Lets nothing linger any more.
	 */
	void hurry() {
		synchronized (this) {
			this.hurried = true;
		}
		sendBatches();
	}

	/**
	 * Lets nothing linger any more, and waits for the rest.
	 * @return completes when everything was carried out or is lost
	 */
	CompletableFuture<Void> close() {
		synchronized (this) {
			this.closed = true;
		}
		hurry();
		completeWhenEmpty();
		return this.emptied;
	}

	/**
	 * Gives up a settlement, unless it is under way.
	 * @param receipt the message
	 */
	void cancel(Receipt receipt) {
		PendingSettlement cancelled;
		synchronized (this) {
			PendingSettlement waited = this.waiting.remove(receipt.messageId());
			cancelled = (waited != null) ? waited : this.retrying.remove(receipt.messageId());
		}
		if (cancelled != null) {
			finish(cancelled, false);
		}
	}

	/**
	 * Gives up what is not under way.
	 */
	void abandon() {
		List<PendingSettlement> abandoned;
		synchronized (this) {
			abandoned = new ArrayList<>(this.waiting.values());
			abandoned.addAll(this.retrying.values());
			this.waiting.clear();
			this.retrying.clear();
		}
		abandoned.forEach((settlement) -> finish(settlement, false));
	}

	private synchronized void enqueue(PendingSettlement settlement) {
		PendingSettlement waiting = settlement.waitingSince(this.time.nanos());
		PendingSettlement retried = this.retrying.remove(settlement.receipt().messageId());
		put(this.waiting, (retried != null) ? waiting.merge(retried) : waiting);
	}

	private static void put(Map<String, PendingSettlement> settlements, PendingSettlement settlement) {
		settlements.merge(settlement.receipt().messageId(), settlement, PendingSettlement::merge);
	}

	private void sendBatches() {
		for (List<PendingSettlement> batch = next(); !batch.isEmpty(); batch = next()) {
			send(batch);
		}
	}

	private synchronized List<PendingSettlement> next() {
		if (this.waiting.isEmpty() || this.calls == MAX_CALLS || !isDue()) {
			return List.of();
		}
		List<PendingSettlement> batch = new ArrayList<>(SqsLimits.BATCH);
		Iterator<PendingSettlement> oldest = this.waiting.values().iterator();
		while (oldest.hasNext() && batch.size() < SqsLimits.BATCH) {
			batch.add(oldest.next());
			oldest.remove();
		}
		this.calls++;
		this.sent += batch.size();
		return batch;
	}

	private boolean isDue() {
		if (this.hurried || this.waiting.size() >= SqsLimits.BATCH) {
			return true;
		}
		PendingSettlement first = this.waiting.values().iterator().next();
		long rest = lingerOf(first) - (this.time.nanos() - first.since());
		if (rest > 0 && !this.timerSet) {
			// One timer at a time: a busy queue is not woken for every batch.
			this.timerSet = !this.time.after(Duration.ofNanos(rest), this::lingered).isCancelled();
			return !this.timerSet;
		}
		return rest <= 0;
	}

	// The heartbeat leaves a third of the visibility: a long linger must not use it up.
	private long lingerOf(PendingSettlement settlement) {
		return Math.min(this.linger.toNanos(), settlement.receipt().visibility() / LINGER_PART);
	}

	private void lingered() {
		synchronized (this) {
			this.timerSet = false;
		}
		sendBatches();
	}

	private void send(List<PendingSettlement> batch) {
		CompletableFuture<BatchCall.Answer> answer;
		try {
			answer = this.call.send(batch);
		}
		catch (RuntimeException ex) {
			answer = CompletableFuture.failedFuture(ex);
		}
		CompletableFuture<?> unused = answer.whenComplete((result, failure) -> answered(batch, result, failure));
	}

	private void answered(List<PendingSettlement> batch, BatchCall.@Nullable Answer answer,
			@Nullable Throwable failure) {
		BitSet done = (answer != null) ? answer.done() : new BitSet();
		BitSet hopeless = (answer != null) ? answer.hopeless() : new BitSet();
		List<PendingSettlement> failed = new ArrayList<>();
		List<PendingSettlement> lost = new ArrayList<>();
		for (int i = 0; i < batch.size(); i++) {
			if (!done.get(i)) {
				(hopeless.get(i) ? lost : failed).add(batch.get(i));
			}
		}
		Duration delay = retryDelay(failed);
		failed.removeIf((settlement) -> isGivenUp(settlement, delay) && lost.add(settlement));
		List<PendingSettlement> again = failed.stream().map(PendingSettlement::again).toList();
		synchronized (this) {
			this.calls--;
			this.sent -= batch.size();
			again.forEach((settlement) -> put(this.retrying, settlement));
		}
		this.listener.answered(again.size(), failure);
		done.stream().mapToObj(batch::get).forEach((settlement) -> finish(settlement, true));
		lost.forEach((settlement) -> finish(settlement, false));
		retry(again, delay);
		sendBatches();
		completeWhenEmpty();
		this.listener.progressed();
	}

	private static Duration retryDelay(List<PendingSettlement> failed) {
		int retries = failed.stream().mapToInt(PendingSettlement::retries).max().orElse(0);
		long limit = Math.min(FIRST_RETRY_MILLIS << Math.min(retries, 10), LAST_RETRY_MILLIS);
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit / 2, limit + 1));
	}

	private boolean isGivenUp(PendingSettlement settlement, Duration delay) {
		// It lingers once more before it leaves.
		long leaves = this.time.nanos() + delay.plus(this.linger).toNanos();
		return leaves - settlement.receipt().expiresAt() >= 0 || !settlement.wanted().getAsBoolean();
	}

	private void retry(List<PendingSettlement> again, Duration delay) {
		if (!again.isEmpty() && this.time.after(delay, () -> resend(again)).isCancelled()) {
			abandon();
		}
	}

	private void resend(List<PendingSettlement> again) {
		synchronized (this) {
			again.stream()
				.map((settlement) -> this.retrying.remove(settlement.receipt().messageId()))
				.filter(Objects::nonNull)
				.forEach(this::enqueue);
		}
		sendBatches();
	}

	private void finish(PendingSettlement settlement, boolean done) {
		settlement.outcome().accept(done);
	}

	private void completeWhenEmpty() {
		boolean empty;
		synchronized (this) {
			empty = this.closed && this.waiting.isEmpty() && this.retrying.isEmpty() && this.sent == 0;
		}
		if (empty) {
			this.emptied.complete(null);
		}
	}

}
