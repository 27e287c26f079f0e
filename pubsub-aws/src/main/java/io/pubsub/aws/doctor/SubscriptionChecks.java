package io.pubsub.aws.doctor;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.internal.FilterPolicy;
import io.pubsub.aws.internal.ResourcePolicy;
import io.pubsub.aws.internal.ServiceCall;
import io.pubsub.aws.internal.Shell;
import io.pubsub.aws.place.Fifo;
import io.pubsub.aws.topology.Setting;

/**
 * Whether what topics get arrives at the queues, in the form that their consumers read.
 */
final class SubscriptionChecks {

	private SubscriptionChecks() {
	}

	static Stream<Finding> missing(Facts facts) {
		return facts.consumed().flatMap((consumed) -> {
			Set<String> let = consumed.queue().policy().topics();
			boolean fed = facts.subscribed().anyMatch((one) -> one.consumed().equals(consumed));
			return Stream.concat(let.stream(), consumed.by().topics().stream().filter((arn) -> !fed))
				.distinct()
				.flatMap((arn) -> Stream.ofNullable(facts.topics().get(arn)))
				.filter((topic) -> topic.listed() && !isSubscribed(topic, consumed.queue()))
				.map((topic) -> let.contains(topic.arn()) ? missing(facts, consumed.queue(), topic)
						: unfed(facts, consumed, topic));
		});
	}

	private static boolean isSubscribed(TopicFacts topic, QueueFacts queue) {
		return topic.subscriptions().stream().anyMatch((one) -> one.endpoint().equals(queue.arn()));
	}

	private static Finding missing(Facts facts, QueueFacts queue, TopicFacts topic) {
		return Finding.error("subscription-missing",
				"The policy of the queue %s lets the topic %s send, but the queue is not subscribed to it"
					.formatted(queue.name(), topic.arn()),
				"Nothing of that topic arrives.", facts.shell().subscribe(topic.arn(), queue.arn()));
	}

	private static Finding unfed(Facts facts, Facts.Consumed consumed, TopicFacts topic) {
		QueueFacts queue = consumed.queue();
		return Finding.warning("subscription-missing",
				"The queue %s is not subscribed to the topic %s, which has what its handlers handle"
					.formatted(queue.name(), topic.arn()),
				"Nothing of that topic arrives.",
				policyCommand(facts, queue) + " && " + facts.shell().subscribe(topic.arn(), queue.arn()));
	}

	static Stream<Finding> pending(Facts facts) {
		return facts.subscribed()
			.filter((one) -> one.subscription().isPending())
			.map((one) -> Finding
				.error("subscription-pending",
						"The subscription of the queue %s to %s is not confirmed"
							.formatted(one.consumed().queue().name(), one.topic().arn()),
						"Nothing of that topic arrives.",
						facts.shell().subscribe(one.topic().arn(), one.consumed().queue().arn())
								+ "    # as the account %s, which has the queue: then nothing is to be confirmed"
									.formatted(Arn.of(one.consumed().queue().arn()).account())));
	}

	// An emulator sends without being let.
	static Stream<Finding> policy(Facts facts) {
		return facts.subscribed()
			.filter((one) -> !(one.consumed().queue().isEmulated() && one.consumed().queue().policy().isEmpty()))
			.flatMap((one) -> policy(facts, one.topic().arn(), one.consumed().queue()));
	}

	private static Stream<Finding> policy(Facts facts, String topic, QueueFacts queue) {
		ServiceCall call = ServiceCall.delivery(topic, queue.arn());
		String why = "SNS drops the messages, without an error for their publisher.";
		return switch (queue.policy().decide(call)) {
			case ALLOWED -> Stream.empty();
			case NOT_ALLOWED -> Stream.of(Finding.error("queue-policy",
					"The policy of the queue %s does not let the topic %s send".formatted(queue.name(), topic), why,
					policyCommand(facts, queue)));
			case DENIED -> Stream.of(Finding.error("queue-policy",
					"A statement of the policy of the queue %s denies the topic %s to send".formatted(queue.name(),
							topic),
					why, policyCommand(facts, queue)));
			case UNCLEAR -> Stream.of(Finding.unknown("queue-policy",
					"Whether the policy of the queue %s lets the topic %s send depends on conditions that are not understood"
						.formatted(queue.name(), topic),
					why,
					facts.shell()
						.sqs("get-queue-attributes --queue-url %s --attribute-names Policy --query Attributes.Policy --output text"
							.formatted(Shell.quote(queue.url())))));
		};
	}

	// One for all topics, as a queue has one policy.
	private static String policyCommand(Facts facts, QueueFacts queue) {
		ResourcePolicy policy = queue.policy();
		for (String topic : senders(facts, queue)) {
			policy = policy.letting(ServiceCall.delivery(topic, queue.arn()));
		}
		return facts.shell().setQueue(queue.url(), Map.of("Policy", policy.json()));
	}

	private static Set<String> senders(Facts facts, QueueFacts queue) {
		return Stream
			.concat(facts.subscribed()
				.filter((one) -> one.consumed().queue().equals(queue))
				.map((one) -> one.topic().arn()),
					facts.consumed()
						.filter((consumed) -> consumed.queue().equals(queue))
						.flatMap((consumed) -> consumed.by().topics().stream()))
			.filter(facts.topics()::containsKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	static Stream<Finding> wrapped(Facts facts) {
		return facts.subscribed()
			.filter((one) -> one.consumed().by().bare() && isDescribed(one) && !one.subscription().isRaw())
			.map((one) -> Finding.error("delivery-wrapped",
					"The topic %s sends notifications to the queue %s, but the envelope of the service wants the bare message"
						.formatted(one.topic().arn(), one.consumed().queue().name()),
					"Every message is malformed for the service.",
					facts.shell().setSubscription(one.subscription().arn(), "RawMessageDelivery", "true")));
	}

	static Stream<Finding> unsigned(Facts facts) {
		return facts.subscribed()
			.filter((one) -> one.consumed().by().signed() && one.subscription().isRaw())
			.map((one) -> Finding.error("delivery-unsigned",
					"The topic %s sends bare messages to the queue %s, but the service takes signed notifications only"
						.formatted(one.topic().arn(), one.consumed().queue().name()),
					"Every message is a dead letter.",
					facts.shell().setSubscription(one.subscription().arn(), "RawMessageDelivery", "false")));
	}

	static Stream<Finding> neverDelivered(Facts facts) {
		return facts.subscribed()
			.filter(SubscriptionChecks::isDescribed)
			.flatMap((one) -> published(facts, one).stream()
				.filter((mediaType) -> one.consumed().by().handles(mediaType) && !filter(one).lets(mediaType))
				.map((mediaType) -> Finding.error("filter-too-narrow",
						"%s is handled and published to %s, but the filter policy of the subscription of the queue %s drops it"
							.formatted(mediaType, one.topic().arn(), one.consumed().queue().name()),
						"The handler never gets a message.", filterCommand(facts, one))));
	}

	static Stream<Finding> unhandled(Facts facts) {
		return facts.subscribed()
			.filter((one) -> isDescribed(one) && !one.consumed().by().handlers().isEmpty())
			.flatMap((one) -> filter(one).named()
				.filter((mediaType) -> !one.consumed().by().handles(mediaType))
				.map((mediaType) -> Finding.warning("filter-too-wide",
						"The filter policy of the subscription of the queue %s to %s lets %s through, which has no handler"
							.formatted(one.consumed().queue().name(), one.topic().arn(), mediaType),
						"Such messages are received and paid for in vain.", filterCommand(facts, one))));
	}

	private static Set<MediaType> published(Facts facts, Facts.Subscribed one) {
		return facts.service().published().getOrDefault(one.topic().arn(), Set.of());
	}

	private static FilterRule filter(Facts.Subscribed one) {
		return FilterRule.of(one.subscription());
	}

	private static String filterCommand(Facts facts, Facts.Subscribed one) {
		FilterPolicy wanted = FilterPolicy.of(FilterRule.key(one.subscription()),
				one.consumed().by().handlers().keySet());
		return facts.shell()
			.setSubscription(one.subscription().arn(), "FilterPolicy",
					(wanted != null && wanted.excess() == null) ? wanted.json() : "{}");
	}

	static Stream<Finding> order(Facts facts) {
		return facts.subscribed()
			.filter((one) -> Fifo.isAddress(one.topic().arn()) && !one.consumed().queue().isFifo())
			.map((one) -> Finding.warning("order-lost",
					"The topic %s is FIFO, but the queue %s is not".formatted(one.topic().arn(),
							one.consumed().queue().name()),
					"The order of the messages, and their groups, are lost.", withFifo(facts, one)));
	}

	private static String withFifo(Facts facts, Facts.Subscribed one) {
		Arn queue = Arn.of(one.consumed().queue().arn());
		Arn fifo = queue.withName(queue.name() + ".fifo");
		return facts.shell().createQueue(fifo.name()) + " && "
				+ facts.shell().subscribe(one.topic().arn(), fifo.toString()) + System.lineSeparator()
				+ facts.configure(one.consumed().by(), Setting.SOURCE, fifo);
	}

	static Stream<Finding> size(Facts facts) {
		return facts.subscribed().filter((one) -> {
			Long limit = one.consumed().queue().number("MaximumMessageSize");
			return limit != null && limit < one.topic().maximumMessageSize();
		})
			.map((one) -> Finding.error("queue-size",
					"The queue %s takes %s bytes, but the topic %s up to %d".formatted(one.consumed().queue().name(),
							one.consumed().queue().number("MaximumMessageSize"), one.topic().arn(),
							one.topic().maximumMessageSize()),
					"SNS drops what is larger.",
					facts.shell()
						.setQueue(one.consumed().queue().url(),
								Map.of("MaximumMessageSize", String.valueOf(one.topic().maximumMessageSize())))));
	}

	private static boolean isDescribed(Facts.Subscribed one) {
		return !one.subscription().attributes().isEmpty();
	}

}
