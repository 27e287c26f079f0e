package io.pubsub.source;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Subscription.State;
import io.pubsub.transport.TrackedDelivery;

/**
 * The undone lines of an input: those in flight, and those that wait for their next
 * delivery. Their number says how far the input is read.
 * <p>
 * Safe for use by many threads.
 */
final class UndoneLines {

	private final Timekeeper time;

	@GuardedBy("this")
	private final Map<TrackedDelivery, Long> inFlight = new LinkedHashMap<>();

	@GuardedBy("this")
	private final Map<Long, Timekeeper.Task> waiting = new TreeMap<>();

	// Those that wait, and were due while paused.
	@GuardedBy("this")
	private final Map<Long, Runnable> held = new LinkedHashMap<>();

	// Those that were still undone when the subscription was stopped.
	@GuardedBy("this")
	private final Set<Long> unhandled = new TreeSet<>();

	@GuardedBy("this")
	private State state = State.RECEIVING;

	@GuardedBy("this")
	private int limit;

	@GuardedBy("this")
	private int mostInFlight = Integer.MAX_VALUE;

	@GuardedBy("this")
	private boolean endOfInput;

	@GuardedBy("this")
	private long lastRead;

	UndoneLines(Timekeeper time, int limit) {
		this.time = time;
		this.limit = limit;
	}

	/**
	 * Waits until another line may be read.
	 * @return {@code false} if none may be read any more
	 * @throws InterruptedException if the thread is interrupted
	 */
	synchronized boolean awaitTurn() throws InterruptedException {
		while (this.state == State.PAUSED || (this.state == State.RECEIVING && isFull())) {
			wait();
		}
		return this.state == State.RECEIVING;
	}

	/**
	 * Whether nothing comes by itself. A line that waits for its next delivery does,
	 * unless paused.
	 * @return {@code true} if nothing comes before something is settled or resumed
	 */
	synchronized boolean isBlocked() {
		boolean noMore = this.endOfInput || isFull();
		return this.state == State.PAUSED || (noMore && this.waiting.isEmpty());
	}

	@GuardedBy("this")
	private boolean isFull() {
		return undone() >= this.limit || this.inFlight.size() >= this.mostInFlight;
	}

	@GuardedBy("this")
	private int undone() {
		return this.inFlight.size() + this.waiting.size();
	}

	/**
	 * Takes a line in, to be handed over.
	 * @param delivery the delivery of the line
	 * @param number the number of the line
	 * @return {@code false} if the subscription was stopped
	 */
	synchronized boolean enter(TrackedDelivery delivery, long number) {
		this.lastRead = Math.max(this.lastRead, number);
		if (this.state == State.STOPPED) {
			return false;
		}
		this.waiting.remove(number);
		this.inFlight.put(delivery, number);
		return true;
	}

	/**
	 * Lets a line go that is done.
	 * @param delivery the delivery of the line
	 * @param report told the number of the line, before anybody can find that no line is
	 * left
	 * @return {@code false} if the line is not in flight
	 */
	synchronized boolean leave(TrackedDelivery delivery, LongConsumer report) {
		Long number = this.inFlight.remove(delivery);
		if (number == null) {
			return false;
		}
		report.accept(number);
		notifyAll();
		return true;
	}

	/**
	 * Lets a line go that nobody has handled.
	 * @param delivery the delivery of the line
	 */
	synchronized void takenBack(TrackedDelivery delivery) {
		Collection<Long> left = this.unhandled;
		leave(delivery, left::add);
	}

	/**
	 * Has a line in flight wait for its next delivery.
	 * @param delivery the delivery of the line
	 * @param delay the time to wait
	 * @param next the next delivery of a line, by its number
	 * @return {@code false} if the line is not in flight
	 */
	synchronized boolean await(TrackedDelivery delivery, Duration delay, LongConsumer next) {
		Long number = this.inFlight.remove(delivery);
		if (number == null) {
			return false;
		}
		if (this.state == State.STOPPED) {
			this.unhandled.add(number);
		}
		else {
			schedule(number, delay, () -> next.accept(number));
		}
		notifyAll();
		return true;
	}

	@GuardedBy("this")
	private void schedule(long number, Duration delay, Runnable next) {
		this.waiting.put(number, this.time.after(delay, () -> runUnlessPaused(number, next)));
	}

	private void runUnlessPaused(long number, Runnable next) {
		synchronized (this) {
			if (this.state == State.PAUSED) {
				this.held.put(number, next);
				return;
			}
		}
		next.run();
	}

	synchronized void limit(int limit) {
		this.limit = limit;
		notifyAll();
	}

	/**
	 * Changes how many lines may be in flight when another one is read, whatever the
	 * limit.
	 * @param lines the number
	 */
	synchronized void mostInFlight(int lines) {
		this.mostInFlight = lines;
		notifyAll();
	}

	synchronized void pause() {
		if (this.state == State.RECEIVING) {
			this.state = State.PAUSED;
		}
	}

	synchronized void resume() {
		if (this.state == State.PAUSED) {
			this.state = State.RECEIVING;
			this.held.forEach((number, next) -> schedule(number, Duration.ZERO, next));
			this.held.clear();
			notifyAll();
		}
	}

	synchronized void endOfInput() {
		this.endOfInput = true;
	}

	/**
	 * Stops if the input has ended and no line is left.
	 * @return {@code true} if this call has stopped
	 */
	synchronized boolean endIfDone() {
		return this.endOfInput && undone() == 0 && stop();
	}

	/**
	 * Stops: no line is read, none delivered again.
	 * @return {@code false} if it was stopped before
	 */
	synchronized boolean stop() {
		boolean first = this.state != State.STOPPED;
		this.state = State.STOPPED;
		this.waiting.values().forEach(Timekeeper.Task::cancel);
		this.unhandled.addAll(this.waiting.keySet());
		this.waiting.clear();
		notifyAll();
		return first;
	}

	synchronized List<TrackedDelivery> deliveries() {
		return List.copyOf(this.inFlight.keySet());
	}

	/**
	 * Lets all lines go that are still in flight after a stop.
	 * @return their deliveries
	 */
	synchronized List<TrackedDelivery> abandon() {
		List<TrackedDelivery> abandoned = deliveries();
		this.unhandled.addAll(this.inFlight.values());
		this.inFlight.clear();
		return abandoned;
	}

	synchronized Set<Long> unhandled() {
		return new TreeSet<>(this.unhandled);
	}

	synchronized State state() {
		return this.state;
	}

	synchronized int inFlight() {
		return this.inFlight.size();
	}

	synchronized long lastRead() {
		return this.lastRead;
	}

}
