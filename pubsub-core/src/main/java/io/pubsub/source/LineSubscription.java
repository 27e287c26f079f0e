package io.pubsub.source;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import io.pubsub.transport.HandOver;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.TrackedDelivery;
import io.pubsub.transport.internal.BlockedSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reading of one input. A line is undone from when it is handed over until it is
 * acknowledged or given up; while it waits for its next delivery it keeps its place, so
 * that the number of lines in memory stays within the limit.
 */
final class LineSubscription implements Subscription, TrackedDelivery.Settler {

	private static final Logger logger = LoggerFactory.getLogger(LineSource.class);

	private final String name;

	private final LineRules rules;

	private final Receiver receiver;

	private final LineReport report;

	private final LineMessages messages = new LineMessages();

	private final ScheduledThreadPoolExecutor timer;

	private final Map<TrackedDelivery, Long> inFlight = new LinkedHashMap<>();

	private final Set<Long> waiting = new TreeSet<>();

	// Deliveries that were due while paused.
	private final Queue<Runnable> held = new ArrayDeque<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final BlockedSignal blocked;

	private State state = State.RECEIVING;

	private int limit;

	private boolean endOfInput;

	private long lastRead;

	private @Nullable InputException failure;

	LineSubscription(String name, LineRules rules, Receiver receiver) {
		this.name = name;
		this.rules = rules;
		this.receiver = receiver;
		this.blocked = new BlockedSignal(receiver, this::isBlocked);
		this.limit = rules.limit();
		this.report = new LineReport(name);
		this.timer = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "pubsub-" + name + "-timer");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Hands over the lines of the input until it ends or the subscription is stopped, and
	 * closes it.
	 * @param input the input
	 * @param progress the listener for the progress of the reading
	 */
	void read(LineInput input, Progress progress) {
		try (input) {
			Line line = next(input);
			while (line != null) {
				progress.at(input.bytesRead());
				take(line);
				line = next(input);
			}
		}
		catch (IOException ex) {
			fail(new InputException("%s cannot be read after line %d".formatted(this.name, input.lineNumber()), ex));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		endOfInput();
	}

	// A line that waits for its next delivery comes by itself, unless paused.
	private synchronized boolean isBlocked() {
		boolean noMore = this.endOfInput || undone() >= this.limit;
		return this.state == State.PAUSED || (noMore && this.waiting.isEmpty());
	}

	private @Nullable Line next(LineInput input) throws IOException, InterruptedException {
		return awaitTurn() ? input.next() : null;
	}

	private synchronized boolean awaitTurn() throws InterruptedException {
		while (this.state == State.PAUSED || (this.state == State.RECEIVING && undone() >= this.limit)) {
			wait();
		}
		return this.state == State.RECEIVING;
	}

	private int undone() {
		return this.inFlight.size() + this.waiting.size();
	}

	private void take(Line line) {
		if (line.fault() != null) {
			this.report.givenUp(line.number(), line.fault());
		}
		else if (!line.isBlank()) {
			deliver(this.messages.read(this.name + ":" + line.number(), line.text()), 1, line.number());
		}
	}

	private void deliver(InboundMessage message, int attempt, long number) {
		TrackedDelivery delivery = new TrackedDelivery(message, attempt, this);
		if (!admit(delivery, number)) {
			return;
		}
		HandOver.of(delivery, this.receiver);
		this.blocked.changed();
	}

	private synchronized boolean admit(TrackedDelivery delivery, long number) {
		this.lastRead = Math.max(this.lastRead, number);
		if (this.state == State.STOPPED) {
			logger.warn("Line {} of {} is not handled, because the daemon was stopped", number, this.name);
			return false;
		}
		this.waiting.remove(number);
		this.inFlight.put(delivery, number);
		return true;
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
			deliverAgain(delivery, this.rules.delay(delivery, delay), delivery.attempt() + 1);
		}
	}

	@Override
	public void release(TrackedDelivery delivery, @Nullable Duration delay) {
		deliverAgain(delivery, this.rules.delay(delivery, delay), delivery.attempt());
	}

	@Override
	public void reject(TrackedDelivery delivery, String reason) {
		giveUp(delivery, reason);
	}

	private void giveUp(TrackedDelivery delivery, String reason) {
		leave(delivery, Settlement.NACKED, (number) -> this.report.givenUp(number, reason));
	}

	// Whoever finds that nothing is left sums up what was reported.
	private void leave(TrackedDelivery delivery, Settlement settlement, LongConsumer told) {
		synchronized (this) {
			Long number = this.inFlight.remove(delivery);
			if (number == null) {
				return;
			}
			told.accept(number);
			notifyAll();
		}
		delivery.complete(settlement);
		this.blocked.changed();
		endIfDone();
	}

	private void deliverAgain(TrackedDelivery delivery, Duration delay, int attempt) {
		synchronized (this) {
			Long number = this.inFlight.remove(delivery);
			if (number == null) {
				return;
			}
			this.waiting.add(number);
			if (this.state != State.STOPPED) {
				Runnable next = () -> deliver(delivery.message(), attempt, number);
				ScheduledFuture<?> unused = this.timer.schedule(() -> runUnlessPaused(next), delay.toNanos(),
						TimeUnit.NANOSECONDS);
			}
		}
		delivery.complete(Settlement.NACKED);
		this.blocked.changed();
	}

	private void runUnlessPaused(Runnable delivery) {
		synchronized (this) {
			if (this.state == State.PAUSED) {
				this.held.add(delivery);
				return;
			}
		}
		delivery.run();
	}

	private synchronized void fail(InputException failure) {
		this.failure = failure;
	}

	private void endOfInput() {
		synchronized (this) {
			this.endOfInput = true;
		}
		this.blocked.changed();
		endIfDone();
	}

	private void endIfDone() {
		synchronized (this) {
			if (!this.endOfInput || undone() > 0 || this.state == State.STOPPED) {
				return;
			}
			this.state = State.STOPPED;
		}
		LinesGivenUpException givenUp = this.report.atEnd();
		this.timer.shutdownNow();
		RuntimeException failure = (this.failure != null) ? this.failure : givenUp;
		if (failure != null) {
			this.ended.completeExceptionally(failure);
		}
		else {
			this.ended.complete(null);
		}
	}

	@Override
	public void concurrency(int concurrency) {
		synchronized (this) {
			this.limit = concurrency;
			notifyAll();
		}
		this.blocked.changed();
	}

	@Override
	public void pause() {
		synchronized (this) {
			this.state = (this.state == State.RECEIVING) ? State.PAUSED : this.state;
		}
		this.blocked.changed();
	}

	@Override
	public void resume() {
		synchronized (this) {
			if (this.state == State.PAUSED) {
				this.state = State.RECEIVING;
				this.held.forEach(this.timer::execute);
				this.held.clear();
				notifyAll();
			}
		}
		this.blocked.changed();
	}

	@Override
	public void stop(Duration drain) {
		if (!enterStop()) {
			this.ended.handle((result, ex) -> null).join();
			return;
		}
		this.timer.shutdownNow();
		Set<Long> unhandled = new TreeSet<>();
		CompletableFuture<?>[] begun = takeBack(unhandled).stream()
			.map((delivery) -> delivery.settled().toCompletableFuture())
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(begun).completeOnTimeout(null, drain.toNanos(), TimeUnit.NANOSECONDS).join();
		abandon(unhandled);
		this.report.stopped(unhandled, this.lastRead);
		this.ended.complete(null);
	}

	private synchronized boolean enterStop() {
		boolean first = this.state != State.STOPPED;
		this.state = State.STOPPED;
		notifyAll();
		return first;
	}

	private synchronized List<TrackedDelivery> takeBack(Set<Long> unhandled) {
		List<TrackedDelivery> begun = new ArrayList<>();
		for (Map.Entry<TrackedDelivery, Long> entry : List.copyOf(this.inFlight.entrySet())) {
			TrackedDelivery delivery = entry.getKey();
			if (delivery.takeBack()) {
				this.inFlight.remove(delivery);
				unhandled.add(entry.getValue());
				delivery.complete(Settlement.NACKED);
			}
			else {
				begun.add(delivery);
			}
		}
		return begun;
	}

	private synchronized void abandon(Set<Long> unhandled) {
		unhandled.addAll(this.waiting);
		unhandled.addAll(this.inFlight.values());
		List<TrackedDelivery> abandoned = List.copyOf(this.inFlight.keySet());
		this.inFlight.clear();
		abandoned.forEach((delivery) -> delivery.complete(Settlement.LOST));
	}

	@Override
	public CompletionStage<Void> exhausted() {
		return this.ended.minimalCompletionStage();
	}

	@Override
	public synchronized State state() {
		return this.state;
	}

	@Override
	public synchronized int inFlight() {
		return this.inFlight.size();
	}

}
