package io.pubsub.sample.pipeline.etl;

import java.util.Map;
import java.util.TreeMap;

import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;

import org.springframework.stereotype.Component;

/**
 * Remembers the files that were given up, and why.
 */
@Component
class GivenUp implements OutcomeListener {

	private final Map<String, String> reasons = new TreeMap<>();

	@Override
	public synchronized void onOutcome(DispatchResult result) {
		if (result.deadLetterReason() != null) {
			Throwable cause = result.outcome().cause();
			String file = result.messageId().replaceFirst("@.*", "");
			this.reasons.put(file, (cause != null) ? String.valueOf(cause.getMessage()) : result.outcome().toString());
		}
	}

	/**
	 * The reasons.
	 * @return the reasons by the names of the files
	 */
	synchronized Map<String, String> reasons() {
		return Map.copyOf(this.reasons);
	}

}
