package io.pubsub.local.internal.sns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * A topic, its subscriptions and, if it is FIFO, its order.
 */
final class Topic {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");

	private static final Pattern FIFO_NAME = Pattern.compile("[A-Za-z0-9_-]{1,251}\\.fifo");

	private static final String DELIVERY_POLICY = """
			{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,\
			"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},\
			"disableSubscriptionOverrides":false}}""";

	private final String arn;

	private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

	// Fair: whoever publishes first is delivered first.
	private final ReentrantLock order = new ReentrantLock(true);

	@GuardedBy("order")
	private final Deduplication deduplication;

	private final Tags tags = new Tags();

	private final TopicPermissions permissions;

	private volatile TopicAttributes attributes;

	Topic(String name, TopicAttributes attributes, Deduplication deduplication) {
		check(name, attributes);
		this.arn = Arns.topic(name);
		this.permissions = new TopicPermissions(this.arn);
		this.permissions.policy(attributes.policy());
		this.attributes = attributes;
		this.deduplication = deduplication;
	}

	private static void check(String name, TopicAttributes attributes) {
		if (attributes.isFifo() && !FIFO_NAME.matcher(name).matches()) {
			throw SnsException.invalidParameter("Topic Name Reason: Fifo Topic names must end with .fifo and must be "
					+ "made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, "
					+ "and must be between 1 and 256 characters long.");
		}
		if (!attributes.isFifo() && !NAME.matcher(name).matches()) {
			throw SnsException.invalidParameter("Topic Name");
		}
	}

	String arn() {
		return this.arn;
	}

	TopicAttributes attributes() {
		return this.attributes;
	}

	void attributes(TopicAttributes changed) {
		this.attributes = changed;
	}

	List<Subscription> subscriptions() {
		return this.subscriptions;
	}

	@Nullable Subscription subscriptionOf(String queueArn) {
		return this.subscriptions.stream()
			.filter((subscription) -> subscription.queueArn().equals(queueArn))
			.findFirst()
			.orElse(null);
	}

	Tags tags() {
		return this.tags;
	}

	TopicPermissions permissions() {
		return this.permissions;
	}

	/**
	 * Takes messages in the order of the topic: no others are taken meanwhile.
	 * @param action takes the messages, by what the topic took before
	 * @param <T> the type of the result
	 * @return the result of the action
	 */
	<T> T inOrder(Function<Deduplication, T> action) {
		this.order.lock();
		try {
			return action.apply(this.deduplication);
		}
		finally {
			this.order.unlock();
		}
	}

	Map<String, String> described() {
		Map<String, String> described = new LinkedHashMap<>();
		described.put("TopicArn", this.arn);
		described.put("Owner", Arns.ACCOUNT);
		described.put("EffectiveDeliveryPolicy", DELIVERY_POLICY);
		described.put("SubscriptionsConfirmed", String.valueOf(this.subscriptions.size()));
		described.put("SubscriptionsPending", "0");
		described.put("SubscriptionsDeleted", "0");
		described.putAll(this.attributes.described());
		described.put("Policy", this.permissions.policy());
		return described;
	}

}
