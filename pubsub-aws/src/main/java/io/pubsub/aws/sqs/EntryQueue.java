package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.aws.sqs.BatchRequests.Answer;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one kind on their way to SQS: they leave in batches, as soon as ten are
 * together or the first has lingered, one entry a message. What fails is sent again until
 * the message is no longer ours.
 */
final class EntryQueue {

	private static final int MAX_REQUESTS = 16;

	private static final BackoffPolicy RETRY_LIMITS = BackoffPolicy.doubling(Duration.ofMillis(100),
			Duration.ofSeconds(5));

	private static final int LINGER_PART = 6;

	private final Function<List<Entry>, CompletableFuture<Answer>> request;

	private final Timekeeper time;

	private final Duration linger;

	private final Listener listener;

	// No foreign code runs under the lock.

	@GuardedBy("this")
	private final Map<String, Entry> lingering = new LinkedHashMap<>();

	@GuardedBy("this")
	private final Map<String, Entry> retrying = new HashMap<>();

	private final CompletableFuture<Void> emptied = new CompletableFuture<>();

	@GuardedBy("this")
	private int requests;

	@GuardedBy("this")
	private int sent;

	@GuardedBy("this")
	private boolean timerSet;

	@GuardedBy("this")
	private boolean hurried;

	@GuardedBy("this")
	private boolean closed;

	/**
	 * Makes a queue that is empty.
	 * @param request the request that carries out up to ten entries, each of another
	 * message
	 * @param time the time
	 * @param linger the time for which an entry waits for others to share its request
	 * @param listener told how the requests fare
	 */
	EntryQueue(Function<List<Entry>, CompletableFuture<Answer>> request, Timekeeper time, Duration linger,
			Listener listener) {
		this.request = request;
		this.time = time;
		this.linger = linger;
		this.listener = listener;
	}

	void add(Entry entry) {
		enqueue(entry);
		sendBatches();
	}

	synchronized int size() {
		return this.lingering.size() + this.retrying.size() + this.sent;
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
	 * Gives up an entry, unless it is under way.
	 * @param receipt the message
	 */
	void cancel(Receipt receipt) {
		Entry cancelled;
		synchronized (this) {
			Entry lingered = this.lingering.remove(receipt.messageId());
			cancelled = (lingered != null) ? lingered : this.retrying.remove(receipt.messageId());
		}
		if (cancelled != null) {
			finish(cancelled, false);
		}
	}

	/**
	 * Gives up what is not under way.
	 */
	void abandon() {
		List<Entry> abandoned;
		synchronized (this) {
			abandoned = new ArrayList<>(this.lingering.values());
			abandoned.addAll(this.retrying.values());
			this.lingering.clear();
			this.retrying.clear();
		}
		abandoned.forEach((entry) -> finish(entry, false));
	}

	private synchronized void enqueue(Entry entry) {
		Entry fresh = entry.lingeringSince(this.time.nanos());
		Entry retried = this.retrying.remove(entry.receipt().messageId());
		put(this.lingering, (retried != null) ? fresh.merge(retried) : fresh);
	}

	private static void put(Map<String, Entry> entries, Entry entry) {
		entries.merge(entry.receipt().messageId(), entry, Entry::merge);
	}

	private void sendBatches() {
		for (List<Entry> batch = next(); !batch.isEmpty(); batch = next()) {
			send(batch);
		}
	}

	private synchronized List<Entry> next() {
		if (this.lingering.isEmpty() || this.requests == MAX_REQUESTS || !isDue()) {
			return List.of();
		}
		List<Entry> batch = new ArrayList<>(SqsLimits.BATCH);
		Iterator<Entry> oldest = this.lingering.values().iterator();
		while (oldest.hasNext() && batch.size() < SqsLimits.BATCH) {
			batch.add(oldest.next());
			oldest.remove();
		}
		this.requests++;
		this.sent += batch.size();
		return batch;
	}

	@GuardedBy("this")
	private boolean isDue() {
		if (this.hurried || this.lingering.size() >= SqsLimits.BATCH) {
			return true;
		}
		Entry first = this.lingering.values().iterator().next();
		long rest = lingerOf(first) - (this.time.nanos() - first.since());
		if (rest > 0 && !this.timerSet) {
			// One timer at a time: a busy queue is not woken for every batch.
			this.timerSet = !this.time.after(Duration.ofNanos(rest), this::lingered).isCancelled();
			return !this.timerSet;
		}
		return rest <= 0;
	}

	// The heartbeat leaves a third of the visibility: a long linger must not use it up.
	private long lingerOf(Entry entry) {
		return Math.min(this.linger.toNanos(), entry.receipt().visibility().nanos() / LINGER_PART);
	}

	private void lingered() {
		synchronized (this) {
			this.timerSet = false;
		}
		sendBatches();
	}

	private void send(List<Entry> batch) {
		CompletableFuture<Answer> answer;
		try {
			answer = this.request.apply(batch);
		}
		catch (RuntimeException ex) {
			answer = CompletableFuture.failedFuture(ex);
		}
		CompletableFuture<?> unused = answer.whenComplete((result, failure) -> answered(batch, result, failure));
	}

	private void answered(List<Entry> batch, @Nullable Answer answer, @Nullable Throwable failure) {
		BitSet done = (answer != null) ? answer.done() : new BitSet();
		BitSet hopeless = (answer != null) ? answer.hopeless() : new BitSet();
		List<Entry> failed = new ArrayList<>();
		List<Entry> lost = new ArrayList<>();
		for (int i = 0; i < batch.size(); i++) {
			if (!done.get(i)) {
				(hopeless.get(i) ? lost : failed).add(batch.get(i));
			}
		}
		Duration delay = retryDelay(failed);
		failed.removeIf((entry) -> isGivenUp(entry, delay) && lost.add(entry));
		List<Entry> again = failed.stream().map(Entry::again).toList();
		synchronized (this) {
			this.requests--;
			this.sent -= batch.size();
			for (Entry entry : again) {
				put(this.retrying, entry);
			}
		}
		this.listener.answered(again.size(), failure);
		done.stream().mapToObj(batch::get).forEach((entry) -> finish(entry, true));
		lost.forEach((entry) -> finish(entry, false));
		retry(again, delay);
		sendBatches();
		completeWhenEmpty();
		this.listener.progressed();
	}

	private static Duration retryDelay(List<Entry> failed) {
		int retries = failed.stream().mapToInt(Entry::retries).max().orElse(0);
		long limit = RETRY_LIMITS.delay(retries + 1).toMillis();
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit / 2, limit + 1));
	}

	private boolean isGivenUp(Entry entry, Duration delay) {
		// It lingers once more before it leaves.
		long leaves = this.time.nanos() + delay.plus(this.linger).toNanos();
		return leaves - entry.receipt().expiresAt() >= 0 || !entry.wanted().getAsBoolean();
	}

	private void retry(List<Entry> again, Duration delay) {
		if (!again.isEmpty() && this.time.after(delay, () -> resend(again)).isCancelled()) {
			abandon();
		}
	}

	private void resend(List<Entry> again) {
		synchronized (this) {
			for (Entry entry : again) {
				Entry due = this.retrying.remove(entry.receipt().messageId());
				if (due != null) {
					enqueue(due);
				}
			}
		}
		sendBatches();
	}

	private void finish(Entry entry, boolean done) {
		entry.onEnd().accept(done);
	}

	private void completeWhenEmpty() {
		boolean empty;
		synchronized (this) {
			empty = this.closed && this.lingering.isEmpty() && this.retrying.isEmpty() && this.sent == 0;
		}
		if (empty) {
			this.emptied.complete(null);
		}
	}

	/**
	 * Learns how the requests fare.
	 */
	interface Listener {

		/**
		 * A request came back.
		 * @param retried the number of its entries that are sent again
		 * @param failure the failure of the whole request, if it failed
		 */
		void answered(int retried, @Nullable Throwable failure);

		/**
		 * There are fewer entries than before.
		 */
		void progressed();

	}

}
