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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OrderedReceiver;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.TrackedDelivery;
import io.pubsub.transport.internal.BlockedSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pulling from one feed, by one thread, which tells what has ended before it asks for
 * more. A message is in flight from when it is handed over until the feed has been told
 * what became of it.
 */
final class PullSubscription implements Subscription, TrackedDelivery.Settler {

	private static final Logger logger = LoggerFactory.getLogger(PullSource.class);

	private static final Duration PERMISSION_INTERVAL = Duration.ofSeconds(2);

	// Those that wait behind another one of their group take no slots, up to so many.
	private static final int MOST_PARKED = 100;

	// The time to tell the feed what it must know when the drain has used up its own.
	private static final Duration SHORTEST_FLUSH = Duration.ofSeconds(2);

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	@GuardedBy("this")
	private final Map<String, TrackedDelivery> inFlight = new LinkedHashMap<>();

	// What the feed gave beyond the free slots.
	@GuardedBy("this")
	private final Map<String, TrackedDelivery> kept = new LinkedHashMap<>();

	@GuardedBy("this")
	private final Queue<End> untold = new ArrayDeque<>();

	private final FeedCalls calls;

	private final PullRules rules;

	private final OrderedReceiver receiver;

	private final Timekeeper time;

	private final BlockedSignal blocked;

	private final Thread thread;

	@GuardedBy("this")
	private int slots;

	@GuardedBy("this")
	private int limit;

	@GuardedBy("this")
	private int parked;

	@GuardedBy("this")
	private boolean permitted;

	@GuardedBy("this")
	private boolean permissionDue;

	@GuardedBy("this")
	private boolean resting;

	@GuardedBy("this")
	private boolean backingOff;

	@GuardedBy("this")
	private boolean endOfFeed;

	@GuardedBy("this")
	private boolean stopping;

	/**
	 * Makes a subscription that has not begun.
	 * @param calls the calls of the feed
	 * @param rules the rules for them
	 * @param slots the largest number of unsettled messages
	 * @param limit the largest number that whoever runs the source wants, 0 for a pause
	 * @param receiver the receiver of the messages
	 * @param time the time
	 */
	PullSubscription(FeedCalls calls, PullRules rules, int slots, int limit, Receiver receiver, Timekeeper time) {
		this.calls = calls;
		this.rules = rules;
		this.slots = slots;
		this.limit = limit;
		this.receiver = new OrderedReceiver(receiver);
		this.time = time;
		this.blocked = new BlockedSignal(receiver, this::isBlocked);
		this.permitted = rules.permission() == null;
		this.permissionDue = rules.permission() != null;
		this.thread = new Thread(this::run, "pubsub-" + calls.name());
		// A feed that blocks must not keep the process alive.
		this.thread.setDaemon(true);
	}

	void start() {
		this.blocked.changed();
		this.thread.start();
	}

	private void run() {
		for (Runnable work = nextWork(); work != null; work = nextWork()) {
			work.run();
			this.blocked.changed();
		}
		Permission permission = this.rules.permission();
		if (permission != null) {
			permission.end();
		}
		this.ended.complete(null);
	}

	private synchronized @Nullable Runnable nextWork() {
		while (!isAtEnd()) {
			Runnable work = dueWork();
			if (work != null) {
				return work;
			}
			try {
				wait();
			}
			catch (InterruptedException ex) {
				logger.debug("Pulling from {} was interrupted while it waited", this.calls.name(), ex);
			}
		}
		return null;
	}

	@GuardedBy("this")
	private boolean isAtEnd() {
		return (this.stopping || this.endOfFeed) && this.inFlight.isEmpty() && this.kept.isEmpty()
				&& this.untold.isEmpty();
	}

	@GuardedBy("this")
	private @Nullable Runnable dueWork() {
		// What is at work keeps the permission, so that nobody else begins meanwhile.
		if (this.permissionDue && (this.permitted || !this.stopping)) {
			return this::askPermission;
		}
		End end = this.untold.poll();
		if (end != null) {
			return () -> tell(end);
		}
		int free = free();
		if (this.stopping || !this.permitted || free <= 0) {
			return null;
		}
		if (!this.kept.isEmpty()) {
			return this::handOver;
		}
		return (this.endOfFeed || this.resting || this.backingOff) ? null : () -> pull(free);
	}

	@GuardedBy("this")
	private int free() {
		int held = this.inFlight.size();
		return Math.min(this.slots + this.parked, Math.min(this.slots + MOST_PARKED, this.limit)) - held;
	}

	private synchronized boolean isBlocked() {
		return !this.permitted || this.parked > 0 || free() <= 0 || (this.endOfFeed && this.kept.isEmpty());
	}

	private void askPermission() {
		Permission permission = this.rules.permission();
		boolean given = permission == null || this.calls.permits(permission);
		synchronized (this) {
			if (given != this.permitted) {
				logger.info("Pulling from {} is {}", this.calls.name(),
						given ? "up to this instance now" : "not up to this instance any more");
			}
			this.permitted = given;
			this.permissionDue = false;
			if (!given) {
				giveBackUnbegun();
			}
		}
		this.time.after(PERMISSION_INTERVAL, this::permissionIsDue);
	}

	private synchronized void permissionIsDue() {
		this.permissionDue = true;
		notifyAll();
	}

	private void pull(int most) {
		FeedCalls.Answer answer = this.calls.next(most);
		Duration delay = answer.delay();
		boolean fresh = take(answer.messages().stream().map(this::open).toList(), answer.last());
		if (delay != null) {
			backOff(delay);
		}
		else if (!fresh) {
			rest();
		}
	}

	private TrackedDelivery open(InboundMessage message) {
		return new TrackedDelivery(message, this.calls.attempt(message.id()), this);
	}

	private synchronized boolean take(List<TrackedDelivery> deliveries, boolean last) {
		Set<String> failed = failedGroups();
		boolean fresh = false;
		for (TrackedDelivery delivery : deliveries) {
			String id = delivery.message().id();
			if (this.inFlight.containsKey(id) || this.kept.containsKey(id)) {
				logger.debug("Message {} of {} is at work already", LogText.of(id), this.calls.name());
			}
			else if (this.calls.isDone(id)) {
				this.untold.add(new End(delivery, null));
			}
			else if (this.stopping || failed.contains(delivery.message().groupId())) {
				giveBack(delivery);
			}
			else {
				this.kept.put(id, delivery);
				fresh = true;
			}
		}
		this.endOfFeed = last;
		return fresh;
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

	private void backOff(Duration delay) {
		synchronized (this) {
			this.backingOff = true;
		}
		this.time.after(delay, this::endBackOff);
	}

	private synchronized void endBackOff() {
		this.backingOff = false;
		notifyAll();
	}

	private void rest() {
		synchronized (this) {
			this.resting = true;
		}
		this.time.after(this.rules.pollInterval(), this::endRest);
	}

	private synchronized void endRest() {
		this.resting = false;
		notifyAll();
	}

	private void handOver() {
		this.receiver.receive(takeKept());
	}

	private synchronized List<TrackedDelivery> takeKept() {
		List<TrackedDelivery> taken = List.of();
		if (!this.stopping) {
			taken = this.kept.values().stream().limit(Math.max(free(), 0)).toList();
			for (TrackedDelivery delivery : taken) {
				this.kept.remove(delivery.message().id());
				this.inFlight.put(delivery.message().id(), delivery);
			}
		}
		return taken;
	}

	private void tell(End end) {
		Feed.Failure failure = end.failure();
		boolean told = this.calls.tell(end.delivery().message().id(), failure);
		synchronized (this) {
			this.inFlight.remove(end.delivery().message().id(), end.delivery());
			if (failure != null) {
				// It may come again, and at once.
				this.endOfFeed = false;
				this.resting = this.resting && !failure.delay().isZero();
			}
		}
		end.delivery().complete(end.settlement(told));
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
		notifyAll();
	}

	@Override
	public synchronized void parked(TrackedDelivery delivery) {
		this.parked++;
	}

	@Override
	public synchronized void unparked(TrackedDelivery delivery) {
		this.parked--;
	}

	@GuardedBy("this")
	private void giveBackUnbegun() {
		this.inFlight.values().forEach(this::giveBack);
		this.kept.values().forEach(this::giveBack);
		this.kept.clear();
		notifyAll();
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
		if (delivery.takeBack()) {
			this.untold.add(new End(delivery, this.rules.untried(delivery, Duration.ZERO)));
		}
	}

	@Override
	public void concurrency(int concurrency) {
		synchronized (this) {
			this.slots = concurrency;
			notifyAll();
		}
		this.blocked.changed();
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
		synchronized (this) {
			this.limit = messages;
			notifyAll();
		}
		this.blocked.changed();
	}

	@Override
	public void stop(Duration drain) {
		long deadline = this.time.nanos() + drain.toNanos();
		if (enterStop()) {
			if (!endsWithin(drain)) {
				abandon(drain);
			}
			Duration rest = Duration.ofNanos(deadline - this.time.nanos());
			if (!endsWithin((rest.compareTo(SHORTEST_FLUSH) > 0) ? rest : SHORTEST_FLUSH)) {
				giveUp();
			}
		}
		this.ended.join();
	}

	private synchronized boolean enterStop() {
		boolean first = !this.stopping;
		this.stopping = true;
		giveBackUnbegun();
		return first;
	}

	private boolean endsWithin(Duration time) {
		try {
			this.ended.get(Math.max(time.toNanos(), 0), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void abandon(Duration drain) {
		List<TrackedDelivery> abandoned = deliveries().stream().filter(TrackedDelivery::lose).toList();
		if (!abandoned.isEmpty()) {
			logger.warn("Stopped pulling from {} with {} messages unsettled after {}", this.calls.name(),
					abandoned.size(), DurationText.of(drain));
		}
		abandoned.forEach((delivery) -> end(new End(delivery, this.rules.abandoned(delivery))));
	}

	private synchronized List<TrackedDelivery> deliveries() {
		return List.copyOf(this.inFlight.values());
	}

	private void giveUp() {
		logger.warn("{} does not answer, and is not told what became of {} messages", this.calls.name(), inFlight());
		this.thread.interrupt();
		this.ended.complete(null);
	}

	@Override
	public CompletionStage<Void> exhausted() {
		return this.ended.minimalCompletionStage();
	}

	@Override
	public synchronized State state() {
		if (this.stopping || this.ended.isDone()) {
			return State.STOPPED;
		}
		if (this.limit == 0 || !this.permitted) {
			return State.PAUSED;
		}
		return this.backingOff ? State.BACKING_OFF : State.RECEIVING;
	}

	@Override
	public synchronized int inFlight() {
		return this.inFlight.size();
	}

	/**
	 * What became of a delivery.
	 *
	 * @param delivery the delivery
	 * @param failure the failure, {@code null} if it has succeeded
	 */
	private record End(TrackedDelivery delivery, Feed.@Nullable Failure failure) {

		Settlement settlement(boolean told) {
			if (!told) {
				return Settlement.LOST;
			}
			return (this.failure != null) ? Settlement.NACKED : Settlement.ACKED;
		}

	}

}
