package io.pubsub.source;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

import io.pubsub.internal.DurationText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pulling from one feed. A message is in flight from when it is handed over until the
 * feed has been told what became of it.
 */
final class PullSubscription implements Subscription, Feed.Signals {

	private static final Logger logger = LoggerFactory.getLogger(PullSource.class);

	// The time to tell the feed what it must know when the drain has used up its own.
	private static final Duration SHORTEST_FLUSH = Duration.ofSeconds(2);

	private final FeedCalls calls;

	private final Timekeeper time;

	private final PulledMessages messages;

	private final PullPauses pauses;

	private final PullPermission permission;

	private final PullLoop loop;

	/**
	 * Makes a subscription that has not begun.
	 * @param calls the calls of the feed
	 * @param rules the rules for them
	 * @param slots the slots for what is in flight
	 * @param receiver the receiver of the messages
	 * @param time the time
	 */
	PullSubscription(FeedCalls calls, PullRules rules, PullSlots slots, Receiver receiver, Timekeeper time) {
		Semaphore changes = new Semaphore(0);
		this.calls = calls;
		this.time = time;
		this.messages = new PulledMessages(calls, rules, slots, changes::release);
		this.pauses = new PullPauses(rules.interval(), time, changes::release);
		this.permission = new PullPermission(calls, rules.permission(), time, changes::release);
		this.loop = new PullLoop(calls, this.messages, this.pauses, this.permission, changes, receiver);
	}

	/**
	 * Opens the feed.
	 * @throws RuntimeException if the feed cannot be opened
	 */
	void open() {
		this.calls.open(this);
	}

	void start() {
		this.loop.start();
	}

	@Override
	public void concurrency(int concurrency) {
		this.messages.concurrency(concurrency);
		this.loop.tellIfBlocked();
	}

	@Override
	public void pause() {
		limit(0);
	}

	@Override
	public void resume() {
		limit(Integer.MAX_VALUE);
	}

	@Override
	public void limit(int messages) {
		this.messages.limit(messages);
		this.loop.tellIfBlocked();
	}

	@Override
	public void stop(Duration drain) {
		long deadline = this.time.nanos() + drain.toNanos();
		if (this.messages.close()) {
			if (!this.loop.endsWithin(drain)) {
				abandon(drain);
			}
			Duration rest = Duration.ofNanos(deadline - this.time.nanos());
			if (!this.loop.endsWithin((rest.compareTo(SHORTEST_FLUSH) > 0) ? rest : SHORTEST_FLUSH)) {
				giveUp();
			}
		}
		// The reason of a failure is told by exhausted().
		this.loop.ended().exceptionally((failure) -> null).join();
	}

	private void abandon(Duration drain) {
		int abandoned = this.messages.abandon();
		if (abandoned > 0) {
			logger.warn("Stopped pulling from {} with {} messages unsettled after {}", this.calls.name(), abandoned,
					DurationText.of(drain));
		}
	}

	private void giveUp() {
		logger.warn("{} does not answer, and is not told what became of {} messages", this.calls.name(), inFlight());
		this.loop.giveUp();
	}

	@Override
	public void arrived() {
		this.pauses.arrived();
	}

	@Override
	public void lost(String id) {
		this.messages.lose(id);
	}

	@Override
	public CompletionStage<Void> exhausted() {
		return this.loop.ended().minimalCompletionStage();
	}

	@Override
	public State state() {
		if (this.messages.isClosed() || this.loop.ended().isDone()) {
			return State.STOPPED;
		}
		if (this.messages.isPaused() || !this.permission.isGiven()) {
			return State.PAUSED;
		}
		return this.pauses.isBackingOff() ? State.BACKING_OFF : State.RECEIVING;
	}

	@Override
	public int inFlight() {
		return this.messages.inFlight();
	}

}
