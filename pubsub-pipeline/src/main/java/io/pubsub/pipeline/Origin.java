package io.pubsub.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.Arrival;
import io.pubsub.dispatch.internal.LogFields;
import io.pubsub.transport.Delivery;

/**
 * A message in a pipeline, and the {@link Lineage} of what is derived from it. It is
 * settled when the last leaf has ended: handed back if one has failed, or else made a
 * dead letter if one never can succeed, or else acknowledged.
 */
final class Origin extends Lineage {

	private final Arrival.Admitted<?> arrival;

	private final Run run;

	private final LogFields logFields;

	private final OriginScopes scopes;

	private final boolean lastAttempt;

	private final long begun;

	private final Verdict verdict;

	@GuardedBy("this")
	private final List<Delivery> behind = new ArrayList<>(0);

	@GuardedBy("this")
	private final Map<String, Integer> failed = new HashMap<>(0);

	@GuardedBy("this")
	private boolean ended;

	// Not before its settlement: until then, another one of it would work beside it.
	@GuardedBy("this")
	private boolean settled;

	private volatile boolean over;

	private volatile boolean done;

	/**
	 * Makes an origin with one element.
	 * @param arrival the message, which was admitted
	 * @param scopes the surroundings of the work on it
	 * @param run the run
	 */
	Origin(Arrival.Admitted<?> arrival, OriginScopes scopes, Run run) {
		this.arrival = arrival;
		this.scopes = scopes;
		this.run = run;
		this.logFields = run.logFields(arrival.context());
		this.lastAttempt = run.isLastAttempt(arrival.delivery());
		this.begun = run.nanos();
		this.verdict = new Verdict((attempt) -> run.backoff(attempt), arrival.delivery().attempt());
	}

	@Override
	void note(Failure failure) {
		boolean dead = failure.finality() == Failure.Finality.FINAL
				|| (failure.finality() == Failure.Finality.PLAIN && this.lastAttempt);
		if (!dead && !this.over) {
			this.over = true;
			this.run.over();
		}
		synchronized (this.verdict) {
			if (dead) {
				this.verdict.dead(failure.outcome());
			}
			else {
				this.verdict.failed(failure.outcome());
			}
		}
	}

	// Most leaves are done, and one of them says it for all.
	@Override
	void note(Rest rest) {
		if (rest == Rest.DONE) {
			if (!this.done) {
				this.done = true;
			}
			return;
		}
		synchronized (this.verdict) {
			this.verdict.rest(rest);
		}
	}

	@Override
	void breakOff(Failure failure) {
		note(failure);
		this.over = true;
		ended();
	}

	/**
	 * Says that the source could not keep the message.
	 */
	void lose() {
		this.over = true;
	}

	@Override
	boolean isOver() {
		return this.over;
	}

	@Override
	boolean isLost() {
		return this.arrival.delivery().isLost();
	}

	@Override
	boolean isLastAttempt() {
		return this.lastAttempt;
	}

	@Override
	MessageContext context() {
		return this.arrival.context();
	}

	@Override
	synchronized int countFailed(String id) {
		return this.failed.merge(id, 1, Integer::sum);
	}

	@Override
	LogFields logFields() {
		return this.logFields;
	}

	OriginScopes scopes() {
		return this.scopes;
	}

	@Override
	AutoCloseable openScope() {
		return this.scopes.open();
	}

	long begun() {
		return this.begun;
	}

	/**
	 * Has another delivery of the same message wait until this one has ended.
	 * @param delivery the delivery, parked
	 * @return {@code false} if this one is settled
	 */
	synchronized boolean keepBehind(Delivery delivery) {
		return !this.settled && this.behind.add(delivery);
	}

	@Override
	void ended() {
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = true;
		}
		try {
			settle();
		}
		finally {
			this.run.left(this, leaveBehind());
		}
	}

	private void settle() {
		Outcome outcome;
		synchronized (this.verdict) {
			if (this.done) {
				this.verdict.rest(Rest.DONE);
			}
			outcome = this.verdict.outcome();
		}
		this.run.judge(this.arrival, this.scopes.end(isLost() ? Failure.lost().outcome() : outcome));
	}

	private synchronized List<Delivery> leaveBehind() {
		this.settled = true;
		List<Delivery> waiting = List.copyOf(this.behind);
		this.behind.clear();
		return waiting;
	}

	String messageId() {
		return this.arrival.delivery().message().id();
	}

}
