package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.aws.sqs.Demand.Ask;
import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Subscription.State;
import io.pubsub.transport.internal.FailureStreak;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Keeps receives under way for as long as there is {@link Demand}. It has no thread: the
 * answers to the receives, the settlements of messages and the timer after a failure
 * drive it.
 */
final class ReceiveLoop {

	private static final Logger logger = LoggerFactory.getLogger(ReceiveLoop.class);

	// What is settled takes no slot, so something else must bound it.
	private static final int MAX_PENDING_ENTRIES = 1_000;

	// So that no receive but one holds its slots long when the queue runs dry.
	private static final Duration SHORT_WAIT = Duration.ofSeconds(1);

	// After an answer that came too early, from a queue that does not wait.
	private static final Duration PACE = Duration.ofMillis(200);

	private final Set<CompletableFuture<Void>> open = ConcurrentHashMap.newKeySet();

	private final FailureStreak failures = new FailureStreak();

	private final SqsSourceOptions options;

	private final Receives receives;

	private final Demand demand;

	private final Deliveries deliveries;

	private final Surplus surplus;

	private final SqsAcknowledger acknowledger;

	private final Timekeeper time;

	private final SqsMetrics metrics;

	private final Runnable changed;

	@GuardedBy("this")
	private long backoffs;

	@GuardedBy("this")
	private boolean backingOff;

	private volatile boolean started;

	private volatile boolean pacing;

	private volatile boolean cramped;

	ReceiveLoop(SqsSourceOptions options, Receives receives, Demand demand, Deliveries deliveries, Surplus surplus,
			SqsAcknowledger acknowledger, Timekeeper time, SqsMetrics metrics, Runnable changed) {
		this.options = options;
		this.receives = receives;
		this.demand = demand;
		this.deliveries = deliveries;
		this.surplus = surplus;
		this.acknowledger = acknowledger;
		this.time = time;
		this.metrics = metrics;
		this.changed = changed;
	}

	/**
	 * Begins to receive.
	 * @param limit the number of messages that may be in flight and asked for, 0 for none
	 */
	void start(int limit) {
		this.started = true;
		limit(limit);
	}

	void concurrency(int concurrency) {
		this.demand.concurrency(concurrency);
		this.changed.run();
	}

	void limit(int messages) {
		this.demand.limit(messages);
		this.changed.run();
	}

	/**
	 * Sends nothing more, and hands back what was not begun and what still comes.
	 * @return completes when nothing is in flight
	 */
	CompletableFuture<Void> stop() {
		return this.deliveries.close();
	}

	/**
	 * The end of the receives that are under way. To cut one off could lose messages for
	 * as long as their visibility lasts: SQS may already have sent them.
	 * @return completes when all were answered, and what they brought was handed back
	 */
	CompletableFuture<Void> openReceives() {
		return CompletableFuture.allOf(this.open.toArray(CompletableFuture[]::new));
	}

	State state() {
		if (this.deliveries.isClosed()) {
			return State.STOPPED;
		}
		if (this.demand.isPaused()) {
			return State.PAUSED;
		}
		return isBackingOff() ? State.BACKING_OFF : State.RECEIVING;
	}

	int inFlight() {
		return this.demand.inFlight();
	}

	/**
	 * Sends all receives that are due, run by one thread at a time whenever something has
	 * changed.
	 */
	void sendWhatIsDue() {
		while (mayReceive()) {
			Ask ask = this.demand.next();
			if (ask == null) {
				return;
			}
			send(ask);
		}
	}

	private boolean mayReceive() {
		return this.started && !this.deliveries.isClosed() && !isBackingOff() && !this.pacing
				&& this.acknowledger.pending() < MAX_PENDING_ENTRIES;
	}

	private void send(Ask ask) {
		CompletableFuture<Void> handled = new CompletableFuture<>();
		this.open.add(handled);
		// A stop in between has not seen it.
		if (this.deliveries.isClosed()) {
			this.demand.failed(ask);
			close(handled);
			return;
		}
		long sentAt = this.time.nanos();
		Duration pollWait = this.options.pollWait();
		Duration wait = (ask.patient() || pollWait.compareTo(SHORT_WAIT) < 0) ? pollWait : SHORT_WAIT;
		CompletableFuture<?> unused = this.receives.send(ask.limit(), wait).whenComplete((received, failure) -> {
			if (received != null) {
				answered(ask, wait, received, this.time.nanos() - sentAt);
			}
			else {
				failed(ask, QueueFailures.translate(this.options.queue(), "ReceiveMessage", failure));
			}
		}).whenComplete((received, failure) -> close(handled));
	}

	private void close(CompletableFuture<Void> handled) {
		handled.complete(null);
		this.open.removeIf(CompletableFuture::isDone);
	}

	private void answered(Ask ask, Duration wait, Received received, long nanos) {
		List<Message> messages = received.messages();
		this.metrics.messagesReceived(messages.size());
		this.demand.answered(ask, messages.size(), size(messages), nanos);
		recovered();
		if (messages.isEmpty()) {
			pace(wait.toNanos() / 2 - nanos);
		}
		else {
			warnIfCramped();
		}
		try {
			// To send a receive takes its time, for which no message should wait.
			this.deliveries.handOver(messages.stream().flatMap((message) -> read(message, received)).toList());
			this.surplus.watch();
		}
		finally {
			this.changed.run();
		}
	}

	private static long size(List<Message> messages) {
		return messages.stream().map(Message::body).filter(Objects::nonNull).mapToLong(String::length).sum();
	}

	// A queue that does not wait for messages, like that of some emulators, would be
	// asked all the time.
	private void pace(long tooEarly) {
		if (tooEarly > 0 && !this.pacing) {
			this.pacing = true;
			this.time.after(PACE, () -> {
				this.pacing = false;
				this.changed.run();
			});
		}
	}

	private void warnIfCramped() {
		boolean now = this.demand.isCramped();
		if (now && !this.cramped) {
			logger.warn(
					"The messages of queue {} are so large that an eighth of the heap holds fewer than the {} that can be"
							+ " handled at once: fewer are received. Give the process more heap (-Xmx)",
					this.options.queue(), this.demand.concurrency());
		}
		this.cramped = now;
	}

	// One unreadable message must not touch the other nine.
	private Stream<ReceivedMessage> read(Message message, Received received) {
		try {
			return Stream.of(ReceivedMessage.read(message, received.at(), received.visibility()));
		}
		catch (RuntimeException ex) {
			logger.error("Cannot read message {} of queue {}, leaving it to its visibility timeout",
					message.messageId(), this.options.queue(), LogText.printable(ex));
			this.demand.released();
			return Stream.empty();
		}
	}

	private synchronized boolean isBackingOff() {
		return this.backingOff;
	}

	private synchronized void recovered() {
		int before = this.failures.ended();
		if (before > 0) {
			this.backingOff = false;
			logger.info("Receiving from queue {} works again after {} failures", this.options.queue(), before);
		}
	}

	private void failed(Ask ask, Throwable failure) {
		this.demand.failed(ask);
		if (this.deliveries.isClosed()) {
			return;
		}
		this.metrics.receiveFailed();
		backOff(failure);
	}

	// Receives that fail together are one failure: they came upon the same obstacle.
	private synchronized void backOff(Throwable failure) {
		if (this.backingOff) {
			logger.debug("Another receive from queue {} failed", this.options.queue(), LogText.printable(failure));
			return;
		}
		this.backingOff = true;
		int row = this.failures.failed();
		Duration delay = this.failures.pause();
		if (row == 1) {
			logger.warn("Cannot receive from queue {}, trying again in {}: {}", this.options.queue(),
					DurationText.of(delay), LogText.of(failure));
		}
		else {
			logger.debug("Cannot receive from queue {}, trying again in {}", this.options.queue(),
					DurationText.of(delay), LogText.printable(failure));
		}
		long backoff = ++this.backoffs;
		this.time.after(delay, () -> endBackoff(backoff));
	}

	private void endBackoff(long backoff) {
		if (endIfLatest(backoff)) {
			this.changed.run();
		}
	}

	// An answer may have ended this one, and another failure begun the next.
	private synchronized boolean endIfLatest(long backoff) {
		boolean latest = this.backoffs == backoff;
		this.backingOff &= !latest;
		return latest;
	}

}
