package io.pubsub.autoconfigure.local;

import java.util.Objects;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.local.LocalBroker;
import org.jspecify.annotations.Nullable;

/**
 * The buckets that the embedded broker has, and whom they tell of their objects.
 */
final class LocalBuckets {

	private final LocalBroker broker;

	private final LocalTopology topology;

	/**
	 * Makes the buckets of a broker.
	 * @param broker the broker, with the queues and topics of the topology
	 * @param topology the topology
	 */
	LocalBuckets(LocalBroker broker, LocalTopology topology) {
		this.broker = broker;
		this.topology = topology;
	}

	/**
	 * Creates the buckets that are configured, and those of large messages.
	 * @param properties the configuration
	 */
	void create(PubSubProperties properties) {
		properties.s3().largeMessages().buckets().forEach(this.broker::createBucket);
		properties.local().buckets().forEach(this::create);
	}

	private void create(String name, PubSubProperties.Bucket bucket) {
		if (bucket.queue() != null && bucket.topic() != null) {
			throw new LocalBrokerUnusableException(
					"pubsub.local.buckets.%s has both a queue and a topic, and can tell one only".formatted(name),
					"Remove one of the two; a topic may have several queues.");
		}
		this.broker.createBucket(name);
		this.broker.tell(name, target(bucket.queue(), bucket.topic()), bucket.events(), orEmpty(bucket.prefix()),
				orEmpty(bucket.suffix()));
	}

	private String target(@Nullable String queue, @Nullable String topic) {
		if (topic != null) {
			return this.broker.createTopic(topic);
		}
		String name = (queue != null) ? queue : this.topology.queue();
		if (!this.topology.redrives().containsKey(name) && !this.topology.deadLetterQueues().contains(name)) {
			this.broker.createQueue(name);
		}
		return name;
	}

	private static String orEmpty(@Nullable String text) {
		return Objects.requireNonNullElse(text, "");
	}

}
