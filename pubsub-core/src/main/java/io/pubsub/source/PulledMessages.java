package io.pubsub.source;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.internal.LogText;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that a feed has given, until it has been told what became of them: each is
 * kept until a slot is free, then in flight. Those that have ended are told in that
 * order.
 * <p>
 * Safe for use by many threads.
 */
final class PulledMessages implements TrackedDelivery.Settler {

	private static final Logger logger = LoggerFactory.getLogger(PullSource.class);

	@GuardedBy("this")
	private final Map<String, TrackedDelivery> inFlight = new LinkedHashMap<>();

	// What the feed gave beyond the free slots.
	@GuardedBy("this")
	private final Map<String, TrackedDelivery> kept = new LinkedHashMap<>();

	@GuardedBy("this")
	private final Queue<End> untold = new ArrayDeque<>();

	// Those in flight on which the work goes on, although the feed has lost them.
	@GuardedBy("this")
	private final Set<TrackedDelivery> lost = new HashSet<>();

	@GuardedBy("this")
	private final PullSlots slots;

	private final FeedCalls calls;

	private final PullRules rules;

	private final Runnable changed;

	@GuardedBy("this")
	private boolean closed;

	/**
	 * Makes a collection without messages.
	 * @param calls the calls of the feed
	 * @param rules the rules for them
	 * @param slots the slots for what is in flight
	 * @param changed the signal that there is something to tell or a slot to fill, which
	 * takes no lock
	 */
	PulledMessages(FeedCalls calls, PullRules rules, PullSlots slots, Runnable changed) {
		this.calls = calls;
		this.rules = rules;
		this.slots = slots;
		this.changed = changed;
	}

	/**
	 * Keeps what the feed gave, unless it is here already, has succeeded before, or goes
	 * back at once.
	 * @param deliveries the deliveries
	 * @return {@code true} if something is new
	 */
	synchronized boolean take(List<TrackedDelivery> deliveries) {
		Set<String> failed = failedGroups();
		boolean fresh = false;
		for (TrackedDelivery delivery : deliveries) {
			String id = delivery.message().id();
			if (isLost(id)) {
				// The work on its lost copy goes on.
				giveBack(delivery, null);
			}
			else if (this.inFlight.containsKey(id) || this.kept.containsKey(id)) {
				logger.debug("Message {} of {} is at work already", LogText.of(id), this.calls.name());
			}
			else if (this.calls.isDone(id)) {
				this.untold.add(new End(delivery, null));
			}
			else if (this.closed || failed.contains(delivery.message().groupId())) {
				giveBack(delivery);
			}
			else {
				this.kept.put(id, delivery);
				fresh = true;
			}
		}
		return fresh;
	}

	@GuardedBy("this")
	private boolean isLost(String id) {
		TrackedDelivery delivery = this.inFlight.get(id);
		return delivery != null && this.lost.contains(delivery);
	}

	// While the feed was asked, one may have failed that is before those that it gave.
	@GuardedBy("this")
	private Set<String> failedGroups() {
		Set<String> groups = new HashSet<>();
		for (End end : this.untold) {
			String group = end.delivery().message().groupId();
			if (end.failure() != null && group != null) {
				groups.add(group);
			}
		}
		return groups;
	}

	/**
	 * Puts in flight what is kept and has a slot.
	 * @return the deliveries to hand over
	 */
	synchronized List<TrackedDelivery> putInFlight() {
		if (this.closed) {
			return List.of();
		}
		List<TrackedDelivery> taken = this.kept.values().stream().limit(free()).toList();
		for (TrackedDelivery delivery : taken) {
			this.kept.remove(delivery.message().id());
			this.inFlight.put(delivery.message().id(), delivery);
		}
		return taken;
	}

	/**
	 * The number of messages that may be put in flight.
	 * @return the number, not negative
	 */
	synchronized int free() {
		return this.slots.free(this.inFlight.size());
	}

	synchronized boolean hasKept() {
		return !this.kept.isEmpty();
	}

	synchronized boolean isEmpty() {
		return this.inFlight.isEmpty() && this.kept.isEmpty() && this.untold.isEmpty();
	}

	synchronized int inFlight() {
		return this.inFlight.size();
	}

	/**
	 * Whether no message gets a slot until another one has ended or the limit is changed.
	 * @return {@code true} if so
	 */
	synchronized boolean isFull() {
		return this.slots.hasParked() || free() == 0;
	}

	/**
	 * The messages that have ended. They stay in flight until they are told.
	 * @return the ends of the messages, in that order
	 */
	synchronized List<End> nextEnds() {
		List<End> ends = List.copyOf(this.untold);
		this.untold.clear();
		return ends;
	}

	/**
	 * The feed knows what became of a message, or could not be told.
	 * @param end the end of the message
	 */
	synchronized void told(End end) {
		this.inFlight.remove(end.delivery().message().id(), end.delivery());
	}

	synchronized void concurrency(int concurrency) {
		this.slots.concurrency(concurrency);
		this.changed.run();
	}

	synchronized void limit(int limit) {
		this.slots.limit(limit);
		this.changed.run();
	}

	synchronized boolean isPaused() {
		return this.slots.isPaused();
	}

	@Override
	public void ack(TrackedDelivery delivery) {
		end(new End(delivery, null));
	}

	@Override
	public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		end(new End(delivery, this.rules.failed(delivery, delay)));
	}

	@Override
	public void release(TrackedDelivery delivery, @Nullable Duration delay) {
		end(new End(delivery, this.rules.untried(delivery, delay)));
	}

	@Override
	public void reject(TrackedDelivery delivery, String reason) {
		end(new End(delivery, this.rules.rejected(delivery, reason)));
	}

	private synchronized void end(End end) {
		String group = end.delivery().message().groupId();
		this.untold.add(end);
		if (end.failure() != null && group != null) {
			giveBackUnbegun(group);
		}
		this.changed.run();
	}

	@Override
	public synchronized void parked(TrackedDelivery delivery) {
		this.slots.parked();
	}

	@Override
	public synchronized void unparked(TrackedDelivery delivery) {
		this.slots.unparked();
	}

	/**
	 * Takes no more messages, and gives back those that nobody has begun.
	 * @return {@code false} if this was closed before
	 */
	synchronized boolean close() {
		boolean first = !this.closed;
		this.closed = true;
		giveBackUnbegun();
		return first;
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/**
	 * Gives back all messages that nobody has begun.
	 */
	synchronized void giveBackUnbegun() {
		this.inFlight.values().forEach(this::giveBack);
		this.kept.values().forEach(this::giveBack);
		this.kept.clear();
		this.changed.run();
	}

	@GuardedBy("this")
	private void giveBackUnbegun(String group) {
		List<TrackedDelivery> behind = new ArrayList<>(this.inFlight.values());
		behind.addAll(this.kept.values());
		behind.removeIf((delivery) -> !group.equals(delivery.message().groupId()));
		behind.forEach(this::giveBack);
		this.kept.values().removeAll(behind);
	}

	@GuardedBy("this")
	private void giveBack(TrackedDelivery delivery) {
		giveBack(delivery, Duration.ZERO);
	}

	@GuardedBy("this")
	private void giveBack(TrackedDelivery delivery, @Nullable Duration delay) {
		if (delivery.takeBack()) {
			this.untold.add(new End(delivery, this.rules.untried(delivery, delay)));
		}
	}

	@Override
	public void checkHold(TrackedDelivery delivery) {
		if (!this.calls.holds(delivery.message().id())) {
			lose(delivery);
		}
	}

	/**
	 * Takes away a message that the feed could not keep.
	 * @param id the id of the message
	 */
	void lose(String id) {
		TrackedDelivery delivery = find(id);
		if (delivery != null) {
			lose(delivery);
		}
	}

	private synchronized @Nullable TrackedDelivery find(String id) {
		TrackedDelivery delivery = this.inFlight.get(id);
		return (delivery != null) ? delivery : this.kept.get(id);
	}

	private void lose(TrackedDelivery delivery) {
		String id = delivery.message().id();
		if (delivery.takeBack()) {
			remove(delivery);
			delivery.complete(Settlement.LOST);
			logger.warn("Message {} of {} was lost before the work on it began", LogText.of(id), this.calls.name());
		}
		else if (loseBegun(delivery)) {
			logger.warn("Message {} of {} was lost while it was worked on", LogText.of(id), this.calls.name());
		}
	}

	// Whoever is told of the loss may settle at once, so that it is entered before.
	private boolean loseBegun(TrackedDelivery delivery) {
		synchronized (this) {
			if (!this.lost.add(delivery)) {
				return false;
			}
		}
		boolean taken = delivery.lose();
		if (!taken) {
			forgetLoss(delivery);
		}
		return taken;
	}

	private synchronized void forgetLoss(TrackedDelivery delivery) {
		this.lost.remove(delivery);
	}

	@Override
	public synchronized void refused(TrackedDelivery delivery) {
		if (this.lost.remove(delivery)) {
			remove(delivery);
		}
	}

	private synchronized void remove(TrackedDelivery delivery) {
		this.inFlight.remove(delivery.message().id(), delivery);
		this.kept.remove(delivery.message().id(), delivery);
		this.changed.run();
	}

	/**
	 * Gives up on what has been begun and not settled.
	 * @return the number of messages that were lost
	 */
	int abandon() {
		List<TrackedDelivery> abandoned = deliveries().stream().filter(TrackedDelivery::lose).toList();
		abandoned.forEach((delivery) -> end(new End(delivery, this.rules.abandoned(delivery))));
		lost().forEach(this::refused);
		return abandoned.size();
	}

	private synchronized List<TrackedDelivery> lost() {
		return List.copyOf(this.lost);
	}

	private synchronized List<TrackedDelivery> deliveries() {
		return List.copyOf(this.inFlight.values());
	}

	/**
	 * What became of a delivery.
	 *
	 * @param delivery the delivery
	 * @param failure the failure, {@code null} if it has succeeded
	 */
	record End(TrackedDelivery delivery, Feed.@Nullable Failure failure) {

		String id() {
			return this.delivery.message().id();
		}

		Feed.Result result() {
			return new Feed.Result(id(), this.failure);
		}

		/**
		 * Whether the message may come again at once.
		 * @return {@code true} if it failed, and without a delay
		 */
		boolean isDueAgain() {
			return this.failure != null && this.failure.delay().isZero();
		}

		void complete(boolean told) {
			this.delivery.complete(settlement(told));
		}

		private Settlement settlement(boolean told) {
			if (!told) {
				return Settlement.LOST;
			}
			return (this.failure != null) ? Settlement.NACKED : Settlement.ACKED;
		}

	}

}
