package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import io.pubsub.transport.internal.FailureStreak;
import io.pubsub.transport.internal.MessageCounts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles messages: deletes what was acknowledged and changes the visibility of what was
 * handed back, both in batches.
 */
final class SqsAcknowledger {

	private static final Logger logger = LoggerFactory.getLogger(SqsAcknowledger.class);

	private static final int REMEMBERED = 10_000;

	// What was acknowledged and not deleted yet: it needs only to be deleted.
	private final MessageCounts done = new MessageCounts(REMEMBERED);

	private final FailureStreak losses = new FailureStreak();

	private final QueueResolver queue;

	private final BackoffPolicy backoff;

	private final Timekeeper time;

	private final SqsMetrics metrics;

	private final EntryQueue deletes;

	private final EntryQueue changes;

	private final EntryQueue extensions;

	private final Runnable changed;

	SqsAcknowledger(BatchRequests requests, QueueResolver queue, BackoffPolicy backoff, Duration linger,
			Timekeeper time, SqsMetrics metrics, Runnable changed) {
		this.changed = changed;
		this.queue = queue;
		this.backoff = backoff;
		this.time = time;
		this.metrics = metrics;
		this.deletes = new EntryQueue(requests::delete, time, linger, new RequestLog("delete"));
		this.changes = new EntryQueue(requests::changeVisibility, time, linger, new RequestLog("hand back"));
		// They come together, and must not come late.
		this.extensions = new EntryQueue(requests::changeVisibility, time, SqsLimits.DEFAULT_LINGER,
				new RequestLog("keep"));
	}

	void ack(Receipt receipt, TrackedDelivery delivery) {
		this.done.add(receipt.messageId());
		delete(receipt, (deleted) -> delivery.complete(deleted ? Settlement.ACKED : Settlement.LOST));
	}

	void nack(Receipt receipt, TrackedDelivery delivery, @Nullable Duration delay) {
		Duration wanted = (delay != null) ? delay : this.backoff.delay(delivery.attempt());
		change(receipt, receipt.secondsUntilBack(wanted, this.time.nanos()),
				(changed) -> delivery.complete(changed ? Settlement.NACKED : Settlement.LOST));
	}

	/**
	 * Hides a message for longer.
	 * @param receipt the message
	 * @param seconds the number of seconds for which it is hidden from now on
	 * @param wanted whether to try again if that fails
	 * @param onEnd told whether that was carried out while the message was ours
	 */
	void extend(Receipt receipt, int seconds, BooleanSupplier wanted, Consumer<Boolean> onEnd) {
		this.extensions.add(new Entry(receipt, seconds, wanted, onEnd));
	}

	/**
	 * Gives up to hide a message for longer, unless the request is under way.
	 * @param receipt the message
	 */
	void cancelExtension(Receipt receipt) {
		this.extensions.cancel(receipt);
	}

	/**
	 * Makes a message that no receiver will see visible at once.
	 * @param receipt the message
	 */
	void handBack(Receipt receipt) {
		change(receipt, 0, (changed) -> {
		});
	}

	/**
	 * Deletes a message that was acknowledged before and came again all the same.
	 * @param receipt the message
	 * @return {@code false} if it was not acknowledged before
	 */
	boolean deleteIfDone(Receipt receipt) {
		if (this.done.of(receipt.messageId()) == 0) {
			return false;
		}
		this.metrics.rememberedDelete();
		delete(receipt, (deleted) -> {
		});
		return true;
	}

	/**
	 * The number of entries that settle a message and were not carried out yet.
	 * @return the number at this moment
	 */
	int pending() {
		return this.deletes.size() + this.changes.size();
	}

	/**
	 * Lets no message that was handed back linger, now and from now on.
	 */
	void hurryHandBacks() {
		this.changes.hurry();
	}

	/**
	 * Lets nothing linger any more.
	 * @return completes when what is pending was carried out or is lost
	 */
	CompletableFuture<Void> flush() {
		// What is handed back while its extension is under way follows that.
		CompletableFuture<Void> handedBack = this.extensions.close().thenCompose((nothing) -> this.changes.close());
		return CompletableFuture.allOf(handedBack, this.deletes.close());
	}

	/**
	 * Gives up what is not under way.
	 */
	void abandon() {
		this.changes.abandon();
		this.deletes.abandon();
		this.extensions.abandon();
	}

	private void delete(Receipt receipt, Consumer<Boolean> onEnd) {
		Consumer<Boolean> forget = (deleted) -> {
			if (deleted) {
				this.done.forget(receipt.messageId());
			}
		};
		this.deletes.add(new Entry(receipt, 0, forget.andThen(counted("delete", receipt, onEnd))));
	}

	private void change(Receipt receipt, int seconds, Consumer<Boolean> onEnd) {
		this.changes.add(new Entry(receipt, seconds, counted("hand back", receipt, onEnd)));
	}

	private Consumer<Boolean> counted(String what, Receipt receipt, Consumer<Boolean> onEnd) {
		return (carriedOut) -> {
			if (carriedOut) {
				this.losses.ended();
			}
			else {
				this.metrics.settlementLost();
				lost(what, receipt);
			}
			onEnd.accept(carriedOut);
		};
	}

	/**
	 * Tells that a message could not be kept while it was in flight.
	 * @param receipt the message
	 */
	void notKept(Receipt receipt) {
		this.metrics.messageLost();
		lost("keep", receipt);
	}

	/**
	 * Tells that nothing was done about the settlement of a message that was lost before.
	 * @param receipt the message
	 */
	void refused(Receipt receipt) {
		this.metrics.settlementRefused();
		logger.debug("Refused to settle message {} of queue {}, which was lost before", receipt.messageId(),
				this.queue.address());
	}

	private void lost(String what, Receipt receipt) {
		String text = "Could not {} message {} of queue {} while it was ours: it will be delivered again";
		if (this.losses.failed() == 1) {
			logger.warn(text, what, receipt.messageId(), this.queue.address());
		}
		else {
			logger.debug(text, what, receipt.messageId(), this.queue.address());
		}
	}

	/**
	 * Tells of the requests of one kind.
	 */
	private final class RequestLog implements EntryQueue.Listener {

		private final FailureStreak failures = new FailureStreak();

		private final String what;

		RequestLog(String what) {
			this.what = what;
		}

		@Override
		public void answered(int retried, @Nullable Throwable failure) {
			SqsAcknowledger.this.metrics.settlementsRetried(retried);
			QueueAddress queue = SqsAcknowledger.this.queue.address();
			if (failure == null) {
				int before = this.failures.ended();
				if (before > 0) {
					logger.info("Can {} messages of queue {} again after {} failed requests", this.what, queue, before);
				}
			}
			else if (this.failures.failed() == 1) {
				logger.warn("Cannot {} messages of queue {}, trying again: {}", this.what, queue,
						LogText.of(QueueFailures.unwrap(failure)));
			}
		}

		@Override
		public void progressed() {
			SqsAcknowledger.this.changed.run();
		}

	}

}
