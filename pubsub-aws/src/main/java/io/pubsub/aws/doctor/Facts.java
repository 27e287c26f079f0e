package io.pubsub.aws.doctor;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.pubsub.aws.internal.Shell;
import io.pubsub.aws.topology.Consumption;
import io.pubsub.aws.topology.ServiceFacts;
import io.pubsub.aws.topology.Setting;
import org.jspecify.annotations.Nullable;

/**
 * All that was read, once, of a service and of its queues and topics.
 *
 * @param service the facts of the service itself
 * @param place the place that was asked
 * @param queues the queues that could be read, by the address that the service has
 * @param deadLetterQueues the targets of their redrive policies, by the same address
 * @param topics the topics that could be read, by ARN
 * @param keys the keys of queues that could be read, by the id that the queue has
 * @param unseen the things that could not be looked at
 * @since 0.1.0
 */
public record Facts(ServiceFacts service, Place place, Map<String, QueueFacts> queues,
		Map<String, QueueFacts> deadLetterQueues, Map<String, TopicFacts> topics, Map<String, KeyFacts> keys,
		List<Unseen> unseen) {

	public Facts {
		queues = Map.copyOf(queues);
		deadLetterQueues = Map.copyOf(deadLetterQueues);
		topics = Map.copyOf(topics);
		keys = Map.copyOf(keys);
		unseen = List.copyOf(unseen);
	}

	Stream<Consumed> consumed() {
		return this.service.consumptions().stream().flatMap((consumption) -> {
			QueueFacts queue = this.queues.get(consumption.queue());
			return Stream.ofNullable(queue)
				.map((found) -> new Consumed(consumption, found, this.deadLetterQueues.get(consumption.queue())));
		});
	}

	Stream<Subscribed> subscribed() {
		return consumed().flatMap((consumed) -> this.topics.values()
			.stream()
			.flatMap((topic) -> topic.subscriptions()
				.stream()
				.filter((subscription) -> subscription.endpoint().equals(consumed.queue().arn()))
				.map((subscription) -> new Subscribed(consumed, topic, subscription))));
	}

	Shell shell() {
		return this.place.shell();
	}

	/**
	 * The line of the configuration that changes a setting.
	 * @param consumed the queue whose consumer has the setting
	 * @param setting the setting
	 * @param value the new value
	 * @return the line
	 */
	String configure(Consumption consumed, Setting setting, Object value) {
		return "%s=%s    # in the configuration of the service"
			.formatted(this.service.settings().name(consumed.name(), setting), value);
	}

	Stream<Unseen> unseen(Unseen.Kind kind) {
		return this.unseen.stream().filter((one) -> one.kind() == kind);
	}

	/**
	 * A queue that is consumed.
	 *
	 * @param by the consumption of it
	 * @param queue the queue
	 * @param letters the target of its redrive policy, if it could be read
	 */
	record Consumed(Consumption by, QueueFacts queue, @Nullable QueueFacts letters) {

	}

	/**
	 * A subscription of a queue that is consumed.
	 *
	 * @param consumed the queue
	 * @param topic the topic
	 * @param subscription the subscription
	 */
	record Subscribed(Consumed consumed, TopicFacts topic, SubscriptionFacts subscription) {

	}

}
