package io.pubsub.local.internal.sqs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The policies of the queues, which ElasticMQ does not keep. Safe for use by several
 * threads.
 */
public final class QueuePolicies {

	private final Map<String, String> policies = new ConcurrentHashMap<>();

	/**
	 * Return the policy of a queue.
	 * @param queue the queue's name
	 * @return the JSON, or {@code null} if the queue has none
	 */
	public @Nullable String get(String queue) {
		return this.policies.get(queue);
	}

	/**
	 * Change the policy of a queue.
	 * @param queue the queue's name
	 * @param change gives the new JSON by the one that the queue has, if it has one
	 */
	public void change(String queue, Function<@Nullable String, String> change) {
		this.policies.compute(queue, (name, policy) -> change.apply(policy));
	}

	void set(String queue, String policy) {
		if (policy.isEmpty()) {
			remove(queue);
		}
		else {
			this.policies.put(queue, policy);
		}
	}

	void remove(String queue) {
		this.policies.remove(queue);
	}

}
