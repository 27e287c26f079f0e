package io.pubsub.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;

/**
 * {@link OutcomeListener} that remembers what became of every delivery.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class OutcomeRecorder implements OutcomeListener {

	private final List<DispatchResult> results = new CopyOnWriteArrayList<>();

	@Override
	public void onOutcome(DispatchResult result) {
		this.results.add(result);
	}

	/**
	 * What became of every delivery.
	 * @return the results in the order of their ends, as of this moment
	 */
	public List<DispatchResult> results() {
		return List.copyOf(this.results);
	}

	/**
	 * The outcomes of all deliveries.
	 * @return the outcomes in the order of {@link #results()}
	 */
	public List<Outcome> outcomes() {
		return this.results.stream().map(DispatchResult::outcome).toList();
	}

	/**
	 * Forgets what was recorded until now.
	 */
	public void clear() {
		this.results.clear();
	}

}
