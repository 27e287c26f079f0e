package io.pubsub.sample.pipeline.lines;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.pubsub.MessageContext;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.dispatch.DeadLetterReason;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Knows how far each object is, and draws a bar of it.
 */
@Component
class Progress implements OutcomeListener, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(Progress.class);

	private static final int BAR = 20;

	private final Map<String, ObjectProgress> byKey = new TreeMap<>();

	private final Map<String, String> ends = new HashMap<>();

	// Those that name objects: the test event of S3 does not.
	private final Set<String> messages = new HashSet<>();

	private int expected;

	private int ended;

	private int reported;

	/**
	 * Says how many messages will come.
	 * @param messages the number
	 */
	synchronized void expect(int messages) {
		this.expected = messages;
	}

	/**
	 * Says that an object is about to be read, for the current message.
	 * @param object the object
	 * @param pipeline the number of the pipeline that reads it
	 */
	synchronized void taken(S3Object object, int pipeline) {
		MessageContext context = MessageContext.current();
		String messageId = (context != null) ? context.messageId() : "";
		int attempt = (context != null) ? context.attempt() : 1;
		logger.info("Pipeline {} asks for 1 and gets {} (attempt {})", pipeline, object.key(), attempt);
		this.messages.add(messageId);
		this.byKey.computeIfAbsent(object.key(), ObjectProgress::new).taken(object, messageId);
	}

	/**
	 * Says that the count of an object is written.
	 * @param count the count
	 */
	synchronized void counted(LineCount count) {
		this.byKey.computeIfAbsent(count.object().key(), ObjectProgress::new).counted(count.lines());
	}

	@Override
	public synchronized void onOutcome(DispatchResult result) {
		this.ends.put(result.messageId(), result.outcome().kind().name());
		if (result.outcome().kind().isAcknowledged()) {
			end(result.messageId());
		}
	}

	@Override
	public synchronized void onDeadLetter(DispatchResult result, DeadLetterReason reason, @Nullable Throwable failure) {
		if (failure == null) {
			this.ends.put(result.messageId(), "dead letter");
			end(result.messageId());
		}
	}

	private void end(String messageId) {
		if (!this.messages.remove(messageId)) {
			return;
		}
		this.ended++;
		if (this.expected > 0) {
			int full = Math.min(BAR, BAR * this.ended / this.expected);
			logger.info("[{}{}] {} of {} messages", "#".repeat(full), "-".repeat(BAR - full), this.ended,
					this.expected);
		}
		notifyAll();
	}

	/**
	 * Waits until all expected messages are at their end.
	 * @param patience the time to wait at most
	 * @return {@code false} if they were not in that time
	 * @throws InterruptedException if the thread is interrupted
	 */
	synchronized boolean await(Duration patience) throws InterruptedException {
		long end = System.nanoTime() + patience.toNanos();
		while (this.ended < this.expected && System.nanoTime() < end) {
			TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
		}
		return this.ended >= this.expected;
	}

	/**
	 * Logs the table of the objects.
	 */
	synchronized void report() {
		this.reported = this.ended;
		List<String> lines = this.byKey.values().stream().map((object) -> object.line(this.ends)).toList();
		logger.info("The objects:\n\n{}\n{}\n", ObjectProgress.HEADER, String.join("\n", lines));
	}

	@Override
	public synchronized void destroy() {
		if (this.reported < this.ended) {
			report();
		}
	}

}
