package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.internal.FailureStreak;
import io.pubsub.transport.internal.Pump;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what is in an outbox. It claims messages, hands them to the destination, and
 * settles what that says: the database is asked by one thread at a time, and many
 * messages are on their way meanwhile.
 */
final class OutboxRelay {

	private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

	private static final int MOST_ON_THEIR_WAY = 200;

	private static final int MOST_AT_ONCE = 100;

	// As many as one request holds.
	private static final int TRIAL = 10;

	private static final int PARTS_OF_TIME = 10;

	private static final long MOST_CHARACTERS = 16_000_000;

	// What other instances go on with.
	private static final Duration LONGEST_CATCHING_UP = Duration.ofSeconds(5);

	private final Queue<Shipment> finished = new ConcurrentLinkedQueue<>();

	private final List<Ending> unsettled = new ArrayList<>();

	private final List<LeaseKeeper.Hold> ended = new ArrayList<>();

	private final AtomicInteger onTheirWay = new AtomicInteger();

	private final FailureStreak failures = new FailureStreak();

	private final Pump pump = new Pump(this::work);

	private final QueueStore store;

	private final LeaseKeeper keeper;

	private final ShipmentEndings endings;

	private final AddressPauses pauses;

	private final Duration pollInterval;

	private final Duration lease;

	private final Timekeeper time;

	private final Executor executor;

	private final Destination destination;

	private final CompletableFuture<Void> drained = new CompletableFuture<>();

	private Timekeeper.@Nullable Task nextLook;

	private long tidiedAt;

	private long notBefore;

	private int limit = TRIAL;

	private Runnable endOfListening = () -> {
	};

	private volatile boolean stopped;

	private volatile @Nullable Long stoppingSince;

	OutboxRelay(QueueStore store, LeaseKeeper keeper, ShipmentEndings endings, AddressPauses pauses,
			OutboxOptions options, Timekeeper time, Executor executor, Destination destination) {
		this.store = store;
		this.keeper = keeper;
		this.endings = endings;
		this.pauses = pauses;
		this.pollInterval = options.pollInterval();
		this.lease = options.lease();
		this.time = time;
		this.executor = executor;
		this.destination = destination;
	}

	void start() {
		this.tidiedAt = this.time.nanos();
		this.notBefore = this.tidiedAt;
		this.endOfListening = this.store.listen(this::wake);
		wake();
	}

	/**
	 * Publishes what is due and waits for what is on its way, each for a time.
	 * @param longest the longest time, by the clock of the system: the wait holds up its
	 * caller, who may be the only one to move the clock of a test
	 */
	void stop(Duration longest) {
		this.stoppingSince = this.time.nanos();
		wake();
		this.drained.completeOnTimeout(null, longest.toNanos(), TimeUnit.NANOSECONDS).join();
		this.stopped = true;
		this.endOfListening.run();
	}

	private void wake() {
		this.executor.execute(this.pump);
	}

	private void work() {
		if (this.stopped) {
			return;
		}
		// Whoever stops it later has committed what this look may not have seen.
		boolean last = this.stoppingSince != null;
		try {
			relay();
			if (this.failures.ended() > 0) {
				logger.info("The outbox works again");
			}
			lookAgainAfter(this.pollInterval);
		}
		// Whatever it is, what is in the outbox must not wait for the next start.
		catch (RuntimeException | Error ex) {
			if (this.failures.failed() == 1) {
				logger.warn("The outbox cannot be read or changed: what is in it waits", ex);
			}
			lookAgainAfter(this.failures.pause());
		}
		if (last && this.onTheirWay.get() == 0) {
			this.drained.complete(null);
		}
	}

	private void relay() {
		if (this.time.nanos() - this.tidiedAt >= this.lease.toNanos()) {
			this.tidiedAt = this.time.nanos();
			this.store.tidy();
		}
		boolean more = true;
		while (more) {
			settle();
			int room = Math.min(MOST_ON_THEIR_WAY - this.onTheirWay.get(), MOST_AT_ONCE);
			more = room > 0 && mayBegin() && publish(this.pauses.isTrialDue() ? Math.min(room, TRIAL) : room);
		}
	}

	private boolean mayBegin() {
		Long since = this.stoppingSince;
		return since == null || this.time.nanos() - since < LONGEST_CATCHING_UP.toNanos();
	}

	private void settle() {
		for (Shipment shipment = this.finished.poll(); shipment != null; shipment = this.finished.poll()) {
			this.unsettled.addAll(this.endings.of(shipment));
			this.ended.addAll(shipment.holds());
		}
		if (!this.unsettled.isEmpty()) {
			List<Claim> refused = this.store.settle(this.unsettled);
			this.unsettled.stream()
				.filter((ending) -> !refused.contains(ending.claim()))
				.forEach(this.endings::settled);
			this.ended.forEach(LeaseKeeper.Hold::end);
			this.onTheirWay.addAndGet(-this.ended.size());
			this.unsettled.clear();
			this.ended.clear();
		}
	}

	private boolean publish(int most) {
		Look look = this.store.look();
		if (look.expired()) {
			this.store.expire();
		}
		if (!look.due() && !look.expired()) {
			return false;
		}
		long before = this.time.nanos();
		List<Claim> claims = claim(most, before);
		Map<String, List<Claim>> addresses = claims.stream()
			.collect(Collectors.groupingBy((claim) -> claim.outbound().address(), LinkedHashMap::new,
					Collectors.toList()));
		addresses.forEach((address, messages) -> publish(address, hold(messages, before)));
		return !claims.isEmpty();
	}

	private List<Claim> claim(int most, long before) {
		Set<String> left = this.pauses.current();
		if (!left.isEmpty() && before - this.notBefore < 0) {
			return List.of();
		}
		List<Claim> claims = this.store.claim(Math.min(most, this.limit), left);
		if (claims.isEmpty()) {
			// To pass over what is left alone takes the longer, the more there is.
			this.notBefore = before + PARTS_OF_TIME * (this.time.nanos() - before);
		}
		limit(claims);
		return claims;
	}

	// Contents that go to S3 may be of any size.
	private void limit(List<Claim> claims) {
		long size = claims.stream().mapToLong((claim) -> claim.message().body().length()).sum();
		this.limit = (size <= MOST_CHARACTERS) ? Math.min(2 * this.limit, MOST_AT_ONCE)
				: Math.max((int) (claims.size() * MOST_CHARACTERS / size), 1);
	}

	// A process that was paused may have lost them by now.
	private List<LeaseKeeper.Hold> hold(List<Claim> claims, long claimedAt) {
		List<LeaseKeeper.Hold> holds = new ArrayList<>();
		for (Claim claim : claims) {
			LeaseKeeper.Hold hold = this.keeper.keep(claim, claimedAt, () -> {
			});
			if (hold.isHeld()) {
				holds.add(hold);
			}
			else {
				hold.end();
			}
		}
		return holds;
	}

	private void publish(String address, List<LeaseKeeper.Hold> holds) {
		if (holds.isEmpty()) {
			return;
		}
		this.onTheirWay.addAndGet(holds.size());
		this.pauses.began(address);
		CompletableFuture<?> unused = send(holds.stream().map((hold) -> hold.claim().outbound()).toList())
			.whenComplete((results, failure) -> {
				this.finished.add(Shipment.of(address, holds, results, failure));
				wake();
			});
	}

	private CompletableFuture<List<PublishResult>> send(List<OutboundMessage> messages) {
		try {
			return this.destination.publish(messages);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void lookAgainAfter(Duration delay) {
		Timekeeper.Task earlier = this.nextLook;
		if (earlier != null) {
			earlier.cancel();
		}
		this.nextLook = this.time.after(delay, this::wake);
	}

}
