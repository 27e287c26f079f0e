package io.pubsub.aws.topology;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.internal.FilterPolicy;
import io.pubsub.aws.place.Fifo;
import org.jspecify.annotations.Nullable;

/**
 * The queues, topics and subscriptions that a service wants. Immutable; nothing is asked.
 *
 * @param service the facts of the service
 * @param queues the queues, those for dead letters first
 * @param topics the topics of the service itself
 * @param subscriptions the subscriptions, also to the topics of others
 * @param remarks the things that are not as they were wanted, for people to read
 * @since 0.1.0
 */
public record Topology(ServiceFacts service, List<Queue> queues, List<Topic> topics, List<Subscription> subscriptions,
		List<String> remarks) {

	public Topology {
		queues = List.copyOf(queues);
		topics = List.copyOf(topics);
		subscriptions = List.copyOf(subscriptions);
		remarks = List.copyOf(remarks);
	}

	/**
	 * Finds out what a service wants.
	 * @param service the facts of the service
	 * @param home the place of what has no other
	 * @param others the ARNs of topics of others to which its queues are to be subscribed
	 * too
	 * @return the topology
	 */
	public static Topology of(ServiceFacts service, Home home, List<String> others) {
		return new TopologyBuilder(service, home, others).build();
	}

	Optional<Queue> queue(String address) {
		String name = Arn.of(address).name();
		return this.queues.stream().filter((queue) -> queue.address().name().equals(name)).findFirst();
	}

	Stream<Subscription> subscriptionsOf(Queue queue) {
		return this.subscriptions.stream().filter((one) -> one.queue().equals(queue));
	}

	boolean isOwn(Arn topic) {
		return this.topics.stream().anyMatch((own) -> own.address().equals(topic));
	}

	/**
	 * The place of what has no other.
	 *
	 * @param region the region; {@code null} if it is not known
	 * @param account the account; {@code null} if it is not known
	 */
	public record Home(@Nullable String region, @Nullable String account) {

	}

	/**
	 * A queue.
	 *
	 * @param address its address
	 * @param url its URL, if the service is configured with it
	 * @param letters the queue for its dead letters; {@code null} for such a queue itself
	 * @param maxReceiveCount the number of receives after which a message goes there
	 * @param visibility the seconds for which a message is hidden; {@code null} for the
	 * default of SQS
	 */
	record Queue(Arn address, @Nullable String url, @Nullable Arn letters, int maxReceiveCount,
			@Nullable Long visibility) {

		boolean isForLetters() {
			return this.letters == null;
		}

		boolean isFifo() {
			return Fifo.isAddress(this.address.name());
		}

	}

	/**
	 * A topic.
	 *
	 * @param address its address
	 * @param maximumMessageSize the largest message that it takes; {@code null} for the
	 * default of SNS
	 */
	record Topic(Arn address, @Nullable Integer maximumMessageSize) {

		boolean isFifo() {
			return Fifo.isAddress(this.address.name());
		}

	}

	/**
	 * A subscription.
	 *
	 * @param topic the topic
	 * @param queue the queue
	 * @param filter the filter policy; {@code null} to let everything through
	 * @param raw whether the message comes without a notification around it
	 */
	record Subscription(Arn topic, Queue queue, @Nullable FilterPolicy filter, boolean raw) {

	}

}
