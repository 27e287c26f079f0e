package io.pubsub.pipeline;

import java.util.LinkedHashSet;
import java.util.Set;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.internal.LogFields;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Lineage} of a batch: of all the elements that are in it, and holds each of
 * them until the last leaf of the batch has ended.
 */
final class Joint extends Lineage {

	// Null where an element has left the batch, because it alone has failed.
	private final @Nullable Lineage[] members;

	private final Run run;

	private volatile @Nullable MessageContext context;

	private volatile @Nullable LogFields logFields;

	private volatile @Nullable OriginScope scope;

	private volatile @Nullable Failure failure;

	/**
	 * Joins lineages.
	 * @param members the lineage of each element, of which one count each is taken over;
	 * not to be changed by others
	 * @param run the run
	 */
	Joint(@Nullable Lineage[] members, Run run) {
		this.members = members;
		this.run = run;
	}

	/**
	 * The messages that lineages go back to.
	 * @param members the lineages
	 * @return each message once
	 */
	static Set<Origin> origins(@Nullable Lineage[] members) {
		Set<Origin> origins = new LinkedHashSet<>();
		for (Lineage member : members) {
			if (member instanceof Origin origin) {
				origins.add(origin);
			}
			else if (member instanceof Joint joint) {
				origins.addAll(origins(joint.members));
			}
		}
		return origins;
	}

	/**
	 * Takes an element out.
	 * @param index the index of the element
	 * @return its lineage, with the count that the batch has held; {@code null} if it was
	 * taken out before
	 */
	@Nullable Lineage release(int index) {
		synchronized (this.members) {
			Lineage member = this.members[index];
			this.members[index] = null;
			return member;
		}
	}

	@Override
	void note(Failure failure) {
		this.failure = failure;
		for (Lineage member : this.members) {
			if (member != null) {
				member.note(failure);
			}
		}
	}

	@Override
	void note(Rest rest) {
		for (Lineage member : this.members) {
			if (member != null) {
				member.note(rest);
			}
		}
	}

	@Override
	void breakOff(Failure failure) {
		for (Lineage member : this.members) {
			if (member != null) {
				member.breakOff(failure);
			}
		}
	}

	@Override
	boolean isOver() {
		for (Lineage member : this.members) {
			if (member != null && !member.isOver()) {
				return false;
			}
		}
		return true;
	}

	@Override
	boolean isLost() {
		boolean lost = false;
		for (Lineage member : this.members) {
			if (member != null && !member.isLost()) {
				return false;
			}
			lost |= member != null;
		}
		// One that all have left has lost nothing.
		return lost;
	}

	@Override
	boolean isLastAttempt() {
		for (Lineage member : this.members) {
			if (member != null && !member.isLastAttempt()) {
				return false;
			}
		}
		return true;
	}

	@Override
	MessageContext context() {
		MessageContext context = this.context;
		if (context == null) {
			context = JointContext.of(this.members, this::isLost);
			this.context = context;
		}
		return context;
	}

	@Override
	int countFailed(String id) {
		return 1;
	}

	@Override
	LogFields logFields() {
		LogFields fields = this.logFields;
		if (fields == null) {
			fields = this.run.logFields(context());
			this.logFields = fields;
		}
		return fields;
	}

	@Override
	AutoCloseable openScope() {
		return scope().open();
	}

	private synchronized OriginScope scope() {
		OriginScope scope = this.scope;
		if (scope == null) {
			scope = this.run.jointScope(this.members);
			this.scope = scope;
		}
		return scope;
	}

	private void endScope() {
		OriginScope scope = this.scope;
		if (scope instanceof OriginScopes scopes) {
			Failure failure = this.failure;
			scopes.end((failure != null) ? failure.outcome() : Outcome.succeeded());
		}
	}

	@Override
	void ended() {
		endScope();
		int index = 0;
		while (index < this.members.length) {
			index = endRun(index);
		}
	}

	// Neighbours are often of the same origin.
	private int endRun(int start) {
		Lineage member = this.members[start];
		int next = start + 1;
		while (next < this.members.length && this.members[next] == member) {
			next++;
		}
		if (member != null) {
			member.end(next - start);
		}
		return next;
	}

}
