package io.pubsub.kinesis.publish;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.internal.GroupLanes;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.internal.Pump;
import org.jspecify.annotations.Nullable;

/**
 * The records on their way to one stream, packed into few calls: by count, by bytes, and
 * by the time for which the first may wait.
 * <p>
 * Where the order of a key counts, one of its records is under way at a time, and the
 * others wait: {@code PutRecords} promises no order, and a record that is sent again
 * would be overtaken. Safe for use by many threads.
 */
final class StreamOutbox {

	/**
	 * The most bytes of a call.
	 */
	static final int MOST_BYTES = 10 << 20;

	private static final int MOST_RECORDS = 500;

	private static final int MOST_CALLS = 20;

	private static final BackoffPolicy PAUSES = BackoffPolicy.doubling(Duration.ofMillis(100), Duration.ofSeconds(1));

	private final GroupLanes<OutgoingRecord> lanes = new GroupLanes<>();

	private final Pump pump = new Pump(this::sendDue);

	@GuardedBy("this")
	private final Deque<OutgoingRecord> ready = new ArrayDeque<>();

	@GuardedBy("this")
	private long readyBytes;

	@GuardedBy("this")
	private int calls;

	private final PutCall call;

	private final KinesisDestinationOptions options;

	private final Timekeeper time;

	/**
	 * Makes an outbox that is empty.
	 * @param call the call of Kinesis for the stream
	 * @param options the options
	 * @param time the time
	 */
	StreamOutbox(PutCall call, KinesisDestinationOptions options, Timekeeper time) {
		this.call = call;
		this.options = options;
		this.time = time;
	}

	/**
	 * Takes over records.
	 * @param records the records, in the order of their keys
	 */
	void add(List<OutgoingRecord> records) {
		synchronized (this) {
			for (OutgoingRecord record : records) {
				if (hasTurn(record)) {
					putLast(record);
				}
			}
		}
		this.pump.run();
		if (hasReady()) {
			CompletableFuture<Void> unused = after(this.options.linger()).thenRun(this.pump);
		}
	}

	private boolean hasTurn(OutgoingRecord record) {
		return !this.options.ordered() || this.lanes.enter(record.key().partition(), record);
	}

	@GuardedBy("this")
	private void putLast(OutgoingRecord record) {
		this.ready.addLast(record);
		this.readyBytes += record.size();
	}

	private synchronized boolean hasReady() {
		return !this.ready.isEmpty();
	}

	private void sendDue() {
		for (List<OutgoingRecord> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
			send(batch, 1);
		}
	}

	private synchronized List<OutgoingRecord> nextBatch() {
		if (this.calls == MOST_CALLS || !isDue()) {
			return List.of();
		}
		this.calls++;
		List<OutgoingRecord> batch = new ArrayList<>();
		long bytes = 0;
		while (batch.size() < MOST_RECORDS && fits(this.ready.peekFirst(), bytes)) {
			OutgoingRecord record = this.ready.removeFirst();
			bytes += record.size();
			batch.add(record);
		}
		this.readyBytes -= bytes;
		return batch;
	}

	@GuardedBy("this")
	private boolean isDue() {
		OutgoingRecord first = this.ready.peekFirst();
		return first != null && (this.ready.size() >= MOST_RECORDS || this.readyBytes >= MOST_BYTES
				|| this.time.nanos() - first.since() >= this.options.linger().toNanos() || this.time.closed().isDone());
	}

	private static boolean fits(@Nullable OutgoingRecord record, long bytes) {
		return record != null && bytes + record.size() <= MOST_BYTES;
	}

	private void send(List<OutgoingRecord> batch, int attempt) {
		CompletableFuture<Void> unused = this.call.put(batch)
			.thenAccept((answers) -> answered(batch, answers, attempt));
	}

	private void answered(List<OutgoingRecord> batch, List<PutAnswer> answers, int attempt) {
		List<OutgoingRecord> again = new ArrayList<>();
		for (int i = 0; i < batch.size(); i++) {
			if (answers.get(i).refusedForNow() && hasTime(batch.get(i))) {
				again.add(batch.get(i));
			}
			else {
				settle(batch.get(i), answers.get(i).result());
			}
		}
		if (again.isEmpty()) {
			callEnded();
		}
		else {
			CompletableFuture<Void> unused = after(PAUSES.delay(attempt)).thenRun(() -> send(again, attempt + 1));
		}
		this.pump.run();
	}

	private boolean hasTime(OutgoingRecord record) {
		return this.time.nanos() - record.since() < this.options.timeout().toNanos() && !this.time.closed().isDone();
	}

	private synchronized void callEnded() {
		this.calls--;
	}

	private void settle(OutgoingRecord record, PublishResult result) {
		record.complete(result);
		OutgoingRecord next = leave(record);
		while (next != null && next.failsWithEarlier()) {
			next = leave(next);
		}
		if (next != null) {
			synchronized (this) {
				putLast(next);
			}
		}
	}

	private @Nullable OutgoingRecord leave(OutgoingRecord record) {
		return this.options.ordered() ? this.lanes.leave(record.key().partition(), record) : null;
	}

	// Not on the one thread of the timekeeper: what follows may take long. Its end must
	// not
	// keep a publisher for ever.
	private CompletableFuture<Void> after(Duration delay) {
		CompletableFuture<Void> elapsed = new CompletableFuture<>();
		this.time.after(delay, () -> elapsed.complete(null));
		return elapsed.applyToEitherAsync(this.time.closed(), Function.identity());
	}

}
