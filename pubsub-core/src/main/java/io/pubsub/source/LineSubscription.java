package io.pubsub.source;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.HandOver;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.TrackedDelivery;
import io.pubsub.transport.internal.BlockedSignal;
import io.pubsub.transport.internal.Drain;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over the lines of one input. A line is undone from when it is handed over until
 * it is acknowledged or given up; while it waits for its next delivery it keeps its
 * place, so that the number of lines in memory stays within the limit.
 */
final class LineSubscription implements Subscription, TrackedDelivery.Settler {

	private static final Logger logger = LoggerFactory.getLogger(LineSource.class);

	private final String name;

	private final LineRules rules;

	private final Receiver receiver;

	private final LineReport report;

	private final LineMessages messages = new LineMessages();

	private final UndoneLines lines;

	private final BlockedSignal blocked;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private volatile @Nullable InputException failure;

	LineSubscription(String name, LineRules rules, Receiver receiver, Timekeeper time) {
		this.name = name;
		this.rules = rules;
		this.receiver = receiver;
		this.report = new LineReport(name);
		this.lines = new UndoneLines(time, rules.limit());
		this.blocked = new BlockedSignal(receiver, this.lines::isBlocked);
	}

	boolean awaitTurn() throws InterruptedException {
		return this.lines.awaitTurn();
	}

	void take(Line line) {
		if (line.fault() != null) {
			this.report.givenUp(line.number(), line.fault());
		}
		else if (!line.isBlank()) {
			deliver(this.messages.read(this.name + ":" + line.number(), line.text()), 1, line.number());
		}
	}

	void endOfInput(@Nullable InputException failure) {
		this.failure = failure;
		this.lines.endOfInput();
		this.blocked.changed();
		endIfDone();
	}

	private void deliver(InboundMessage message, int attempt, long number) {
		TrackedDelivery delivery = new TrackedDelivery(message, attempt, this);
		if (!this.lines.enter(delivery, number)) {
			logger.warn("Line {} of {} is not handled, because the daemon was stopped", number, this.name);
			return;
		}
		HandOver.of(delivery, this.receiver);
		this.blocked.changed();
	}

	@Override
	public void ack(TrackedDelivery delivery) {
		leave(delivery, Settlement.ACKED, (number) -> this.report.handled());
	}

	@Override
	public void ackDeadLetter(TrackedDelivery delivery, String reason) {
		leave(delivery, Settlement.ACKED, (number) -> this.report.deadLetter(number, reason));
	}

	@Override
	public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		if (this.rules.isLastAttempt(delivery)) {
			giveUp(delivery, "not handled in %d %s".formatted(delivery.attempt(),
					(delivery.attempt() == 1) ? "attempt" : "attempts"));
		}
		else {
			deliverAgain(delivery, delay, delivery.attempt() + 1);
		}
	}

	@Override
	public void release(TrackedDelivery delivery, @Nullable Duration delay) {
		deliverAgain(delivery, delay, delivery.attempt());
	}

	@Override
	public void reject(TrackedDelivery delivery, String reason) {
		giveUp(delivery, reason);
	}

	private void giveUp(TrackedDelivery delivery, String reason) {
		leave(delivery, Settlement.NACKED, (number) -> this.report.givenUp(number, reason));
	}

	private void leave(TrackedDelivery delivery, Settlement settlement, LongConsumer told) {
		if (this.lines.leave(delivery, told)) {
			delivery.complete(settlement);
			this.blocked.changed();
			endIfDone();
		}
	}

	private void deliverAgain(TrackedDelivery delivery, @Nullable Duration delay, int attempt) {
		if (this.lines.await(delivery, this.rules.delay(delivery, delay),
				(number) -> deliver(delivery.message(), attempt, number))) {
			delivery.complete(Settlement.NACKED);
			this.blocked.changed();
		}
	}

	private void endIfDone() {
		if (!this.lines.endIfDone()) {
			return;
		}
		LinesGivenUpException givenUp = this.report.atEnd();
		RuntimeException cause = (this.failure != null) ? this.failure : givenUp;
		if (cause != null) {
			this.ended.completeExceptionally(cause);
		}
		else {
			this.ended.complete(null);
		}
	}

	@Override
	public void concurrency(int concurrency) {
		this.lines.limit(concurrency);
		this.blocked.changed();
	}

	@Override
	public void pause() {
		this.lines.pause();
		this.blocked.changed();
	}

	@Override
	public void resume() {
		this.lines.resume();
		this.blocked.changed();
	}

	@Override
	public void limit(int messages) {
		this.lines.mostInFlight(messages);
		Subscription.super.limit(messages);
	}

	@Override
	public void stop(Duration drain) {
		if (!this.lines.stop()) {
			this.ended.handle((result, ex) -> null).join();
			return;
		}
		Drain.of(this.lines.deliveries(), this::takenBack, drain);
		this.lines.abandon().forEach((delivery) -> delivery.complete(Settlement.LOST));
		this.report.stopped(this.lines.unhandled(), this.lines.lastRead());
		this.ended.complete(null);
	}

	private void takenBack(TrackedDelivery delivery) {
		this.lines.takenBack(delivery);
		delivery.complete(Settlement.NACKED);
	}

	@Override
	public CompletionStage<Void> exhausted() {
		return this.ended.minimalCompletionStage();
	}

	@Override
	public State state() {
		return this.lines.state();
	}

	@Override
	public int inFlight() {
		return this.lines.inFlight();
	}

}
