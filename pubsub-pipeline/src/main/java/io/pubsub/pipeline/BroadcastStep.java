package io.pubsub.pipeline;

import java.util.List;

/**
 * Hands each element to all branches, one after the other, on the thread that brings it.
 */
final class BroadcastStep extends Step {

	private final List<Step> branches;

	BroadcastStep(StageInfo stage, List<Step> branches) {
		super(stage);
		this.branches = branches;
	}

	// All of them are counted before the first can end.
	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		lineage.fork(this.branches.size() - 1);
		meter().done();
		this.branches.forEach((branch) -> branch.accept(value, lineage, carrier));
	}

}
