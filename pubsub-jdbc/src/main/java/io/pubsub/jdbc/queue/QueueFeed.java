package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.pubsub.source.Feed;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The feed of one subscription.
 */
final class QueueFeed implements Feed {

	private static final Duration LONGEST_WITHOUT_LOOK = Duration.ofSeconds(1);

	private final Map<String, LeaseKeeper.Hold> holds = new ConcurrentHashMap<>();

	private final QueueStore store;

	private final LeaseKeeper keeper;

	private final Endings endings;

	private final Timekeeper time;

	private final Duration lease;

	private final QueueEnd end;

	private Signals signals = new NoSignals();

	private Runnable endOfListening = () -> {
	};

	private boolean hasMore;

	private boolean closed;

	private boolean ended;

	private long lookedAt;

	private long tidiedAt;

	QueueFeed(String queue, QueueStore store, LeaseKeeper keeper, Endings endings, Timekeeper time, Duration lease) {
		this.end = new QueueEnd(queue);
		this.store = store;
		this.keeper = keeper;
		this.endings = endings;
		this.time = time;
		this.lease = lease;
	}

	@Override
	public void open(Signals signals) {
		this.signals = signals;
		this.tidiedAt = this.time.nanos();
		this.endOfListening = this.store.listen(signals::arrived);
	}

	@Override
	public void close() {
		this.endOfListening.run();
	}

	@Override
	public List<InboundMessage> next(int most) {
		tidyNowAndThen();
		if (this.hasMore && !isOver(this.lookedAt, LONGEST_WITHOUT_LOOK)) {
			List<InboundMessage> messages = claim(most);
			if (!messages.isEmpty()) {
				return messages;
			}
		}
		return look() ? claim(most) : List.of();
	}

	private void tidyNowAndThen() {
		if (isOver(this.tidiedAt, this.lease)) {
			this.tidiedAt = this.time.nanos();
			this.store.tidy();
		}
	}

	private boolean isOver(long since, Duration duration) {
		return this.time.nanos() - since >= duration.toNanos();
	}

	private boolean look() {
		this.lookedAt = this.time.nanos();
		Look look = this.store.look();
		this.ended = this.end.isReached(look);
		this.closed = look.input() == QueueState.Input.CLOSED;
		if (look.expired()) {
			this.store.expire();
		}
		return look.due() || look.expired();
	}

	private List<InboundMessage> claim(int most) {
		long before = this.time.nanos();
		List<Claim> claims = this.store.claim(most);
		this.hasMore = !claims.isEmpty();
		claims.forEach((claim) -> keep(claim, before));
		return claims.stream().map(Claim::message).toList();
	}

	private void keep(Claim claim, long claimedAt) {
		String id = claim.id();
		LeaseKeeper.Hold earlier = this.holds.get(id);
		if (earlier != null) {
			// Somebody else may have had it since.
			earlier.lose();
		}
		this.holds.put(id, this.keeper.keep(claim, claimedAt, () -> lost(claim)));
	}

	private void lost(Claim claim) {
		this.holds.computeIfPresent(claim.id(), (id, hold) -> hold.claim().equals(claim) ? null : hold);
		this.signals.lost(claim.id());
	}

	@Override
	public boolean holds(String id) {
		LeaseKeeper.Hold hold = this.holds.get(id);
		return hold != null && hold.isHeld();
	}

	@Override
	public int attemptsBefore(String id) {
		LeaseKeeper.Hold hold = this.holds.get(id);
		return (hold != null) ? hold.claim().attempt() - 1 : 0;
	}

	@Override
	public boolean hasEnded() {
		return this.ended;
	}

	@Override
	public void succeeded(String id) {
		settle(List.of(new Result(id, null)));
	}

	@Override
	public void failed(String id, Failure failure) {
		settle(List.of(new Result(id, failure)));
	}

	@Override
	public Map<String, Throwable> settle(List<Result> results) {
		Map<String, Throwable> failures = new HashMap<>();
		List<LeaseKeeper.Hold> settled = new ArrayList<>();
		List<Ending> endings = new ArrayList<>();
		for (Result result : results) {
			LeaseKeeper.Hold hold = this.holds.remove(result.id());
			if (hold == null) {
				failures.put(result.id(), new ClaimExpiredException(result.id()));
			}
			else {
				settled.add(hold);
				add(hold.claim(), result.failure(), endings);
			}
		}
		Set<Claim> refused = settle(settled, endings);
		refused.forEach((claim) -> failures.put(claim.id(), new ClaimExpiredException(claim.id())));
		return failures;
	}

	private Set<Claim> settle(List<LeaseKeeper.Hold> settled, List<Ending> endings) {
		try {
			return endings.isEmpty() ? Set.of() : new HashSet<>(this.store.settle(endings));
		}
		finally {
			settled.forEach(LeaseKeeper.Hold::end);
			if (this.closed) {
				// That may have been the last.
				this.signals.arrived();
			}
		}
	}

	private void add(Claim claim, @Nullable Failure failure, List<Ending> endings) {
		if (failure == null) {
			endings.add(Ending.done(claim));
			return;
		}
		switch (failure.kind()) {
			case FAILED -> endings.add(this.endings.failed(claim, failure.delay()));
			case UNTRIED -> endings.add(this.endings.untried(claim, failure.delay()));
			case REJECTED -> endings.add(Ending.park(claim, Reasons.cut(failure.reason())));
			case ABANDONED -> {
				// The work on it may go on, which the rest of its lease is for.
			}
		}
	}

	private static final class NoSignals implements Signals {

		@Override
		public void arrived() {
		}

		@Override
		public void lost(String id) {
		}

	}

}
