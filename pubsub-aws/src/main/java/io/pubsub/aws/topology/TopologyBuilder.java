package io.pubsub.aws.topology;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.internal.FilterPolicy;
import io.pubsub.aws.place.Fifo;
import io.pubsub.aws.sns.SnsDestination;
import io.pubsub.aws.topology.Topology.Home;
import io.pubsub.aws.topology.Topology.Queue;
import io.pubsub.aws.topology.Topology.Subscription;
import io.pubsub.aws.topology.Topology.Topic;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Works out a {@link Topology}.
 */
final class TopologyBuilder {

	private static final int USUAL_RECEIVES = 5;

	private final ServiceFacts service;

	private final List<String> others;

	private final @Nullable String region;

	private final @Nullable String account;

	private final @Nullable String partition;

	private final Map<String, Queue> queues = new LinkedHashMap<>();

	private final List<String> remarks = new ArrayList<>();

	TopologyBuilder(ServiceFacts service, Home home, List<String> others) {
		this.service = service;
		this.others = List.copyOf(others);
		this.account = (home.account() != null) ? home.account()
				: addresses().map(Arn::account).filter(Objects::nonNull).findFirst().orElse(null);
		this.region = (home.region() != null) ? home.region()
				: addresses().map(Arn::region).filter(Objects::nonNull).findFirst().orElse(null);
		this.partition = (this.region != null) ? PartitionMetadata.of(Region.of(this.region)).id() : null;
	}

	// Those of the queues first: they are the service's own.
	private Stream<Arn> addresses() {
		return Stream.concat(this.service.consumptions().stream().map(Consumption::queue), topicArns().stream())
			.map(Arn::of);
	}

	private Set<String> topicArns() {
		Set<String> arns = new TreeSet<>(this.service.published().keySet());
		this.service.consumptions().stream().map(Consumption::deadLetters).filter(Objects::nonNull).forEach(arns::add);
		arns.removeIf((address) -> !ServiceFacts.isTopic(address));
		return arns;
	}

	Topology build() {
		this.service.consumptions().forEach(this::addLetters);
		this.service.consumptions().forEach(this::addQueue);
		List<Topic> topics = topicArns().stream().map(this::at).filter(this::isHere).map(this::topic).toList();
		List<Subscription> subscriptions = this.service.consumptions()
			.stream()
			.flatMap((consumption) -> topics(consumption).flatMap((topic) -> subscription(consumption, topic)))
			.toList();
		return new Topology(this.service, List.copyOf(this.queues.values()), topics, subscriptions, this.remarks);
	}

	private Arn at(String address) {
		return Arn.of(address).or(this.partition, this.region, this.account);
	}

	private boolean isHere(Arn topic) {
		boolean here = Objects.equals(topic.account(), this.account) && Objects.equals(topic.region(), this.region);
		if (!here) {
			this.remarks.add("The topic %s is in another account or region, and is not created here".formatted(topic));
		}
		return here;
	}

	private Topic topic(Arn topic) {
		return new Topic(topic, (this.service.maxMessageBytes() > SnsDestination.DEFAULT_MAXIMUM_MESSAGE_SIZE)
				? this.service.maxMessageBytes() : null);
	}

	private void addLetters(Consumption consumption) {
		Arn redriven = letters(consumption);
		this.queues.putIfAbsent(redriven.name(), new Queue(redriven, null, null, 0, null));
		String own = consumption.deadLetters();
		if (own != null && !ServiceFacts.isTopic(own)) {
			this.queues.putIfAbsent(Arn.of(own).name(), new Queue(at(own), url(own), null, 0, null));
		}
	}

	// Where the service has a place of its own for dead letters, SQS uses it too, if it
	// can.
	private Arn letters(Consumption consumption) {
		Arn queue = at(consumption.queue());
		String own = consumption.deadLetters();
		boolean usable = own != null && !ServiceFacts.isTopic(own)
				&& Fifo.isAddress(own) == Fifo.isAddress(queue.name()) && !Arn.of(own).name().equals(queue.name());
		return usable ? at(String.valueOf(own)) : queue.withName(queue.deadLetters());
	}

	private void addQueue(Consumption consumption) {
		Arn queue = at(consumption.queue());
		Integer attempts = consumption.maxAttempts();
		this.queues.put(queue.name(), new Queue(queue, url(consumption.queue()), letters(consumption),
				(attempts != null) ? Math.max(USUAL_RECEIVES, 1 + attempts) : USUAL_RECEIVES, visibility(consumption)));
	}

	private static @Nullable String url(String address) {
		return address.startsWith("http") ? address : null;
	}

	private static @Nullable Long visibility(Consumption consumption) {
		boolean enough = consumption.heartbeat() || consumption.handlingTime() == null;
		return (enough || consumption.visibilityTimeout() != null) ? null
				: 2 * Objects.requireNonNull(consumption.handlingTime()).toSeconds();
	}

	private Stream<Arn> topics(Consumption consumption) {
		return Stream.concat(consumption.topics().stream().sorted(), this.others.stream()).map(this::at).distinct();
	}

	private Stream<Subscription> subscription(Consumption consumption, Arn topic) {
		Queue queue = Objects.requireNonNull(this.queues.get(Arn.of(consumption.queue()).name()));
		if (queue.isFifo() && !Fifo.isAddress(topic.name())) {
			this.remarks.add("The queue %s is not subscribed to %s: SNS lets a FIFO queue subscribe to FIFO topics only"
				.formatted(queue.address().name(), topic));
			return Stream.empty();
		}
		FilterPolicy filter = FilterPolicy.of(FilterPolicy.ATTRIBUTE, consumption.handlers().keySet());
		String excess = (filter != null) ? filter.excess() : null;
		if (excess != null) {
			this.remarks.add("The subscription of the queue %s to %s has no filter policy: %s"
				.formatted(queue.address().name(), topic, excess));
		}
		return Stream.of(new Subscription(topic, queue, (excess != null) ? null : filter, consumption.bare()));
	}

}
