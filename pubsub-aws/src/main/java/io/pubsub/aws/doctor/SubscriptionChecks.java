package io.pubsub.aws.doctor;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.MediaType;
import io.pubsub.aws.place.Fifo;

/**
 * Whether what topics get arrives at the queues, in the form that their consumers read.
 */
final class SubscriptionChecks {

	private SubscriptionChecks() {
	}

	static Stream<Finding> missing(Facts facts) {
		return facts.consumed()
			.flatMap((consumed) -> consumed.queue()
				.policy()
				.topics()
				.stream()
				.flatMap((arn) -> Stream.ofNullable(facts.topics().get(arn)))
				.filter((topic) -> topic.listed() && topic.subscriptions()
					.stream()
					.noneMatch((one) -> one.endpoint().equals(consumed.queue().arn())))
				.map((topic) -> Finding.error("subscription-missing",
						"The policy of the queue %s lets the topic %s send, but the queue is not subscribed to it"
							.formatted(consumed.queue().name(), topic.arn()),
						"Nothing of that topic arrives.",
						"aws sns subscribe --topic-arn %s --protocol sqs --notification-endpoint %s"
							.formatted(Shell.quote(topic.arn()), Shell.quote(consumed.queue().arn())))));
	}

	static Stream<Finding> pending(Facts facts) {
		return facts.subscribed()
			.filter((one) -> one.subscription().isPending())
			.map((one) -> Finding.error("subscription-pending",
					"The subscription of the queue %s to %s is not confirmed".formatted(one.consumed().queue().name(),
							one.topic().arn()),
					"Nothing of that topic arrives.",
					"aws sns confirm-subscription --topic-arn %s --token <the token in the message of the queue>"
						.formatted(Shell.quote(one.topic().arn()))));
	}

	// An emulator sends without being let.
	static Stream<Finding> policy(Facts facts) {
		return facts.subscribed()
			.filter((one) -> !(one.consumed().queue().isEmulated() && one.consumed().queue().policy().isEmpty()))
			.filter((one) -> !one.consumed().queue().policy().lets(one.topic().arn()))
			.map((one) -> Finding.error("queue-policy",
					"The policy of the queue %s does not let the topic %s send".formatted(one.consumed().queue().name(),
							one.topic().arn()),
					"SNS drops the messages, without an error for their publisher.",
					Shell.setQueue(one.consumed().queue(), "Policy",
							one.consumed().queue().policy().letting(one.topic().arn(), one.consumed().queue().arn()))));
	}

	static Stream<Finding> wrapped(Facts facts) {
		return facts.subscribed()
			.filter((one) -> one.consumed().by().bare() && isDescribed(one) && !one.subscription().isRaw())
			.map((one) -> Finding.error("delivery-wrapped",
					"The topic %s sends notifications to the queue %s, but the envelope of the service wants the bare message"
						.formatted(one.topic().arn(), one.consumed().queue().name()),
					"Every message is malformed for the service.",
					Shell.setSubscription(one.subscription(), "RawMessageDelivery", "true")));
	}

	static Stream<Finding> unsigned(Facts facts) {
		return facts.subscribed()
			.filter((one) -> one.consumed().by().signed() && one.subscription().isRaw())
			.map((one) -> Finding.error("delivery-unsigned",
					"The topic %s sends bare messages to the queue %s, but the service takes signed notifications only"
						.formatted(one.topic().arn(), one.consumed().queue().name()),
					"Every message is a dead letter.",
					Shell.setSubscription(one.subscription(), "RawMessageDelivery", "false")));
	}

	static Stream<Finding> neverDelivered(Facts facts) {
		return facts.subscribed()
			.filter(SubscriptionChecks::isDescribed)
			.flatMap((one) -> one.consumed()
				.by()
				.mediaTypes()
				.stream()
				.filter((mediaType) -> published(facts, one).contains(mediaType) && !filter(one).lets(mediaType))
				.map((mediaType) -> Finding.error("filter-too-narrow",
						"%s is handled and published to %s, but the filter policy of the subscription of the queue %s drops it"
							.formatted(mediaType, one.topic().arn(), one.consumed().queue().name()),
						"The handler never gets a message.", filterCommand(one))));
	}

	static Stream<Finding> unhandled(Facts facts) {
		return facts.subscribed()
			.filter((one) -> isDescribed(one) && !one.consumed().by().mediaTypes().isEmpty())
			.flatMap((one) -> filter(one).named()
				.filter((mediaType) -> !isHandled(one, mediaType))
				.map((mediaType) -> Finding.warning("filter-too-wide",
						"The filter policy of the subscription of the queue %s to %s lets %s through, which has no handler"
							.formatted(one.consumed().queue().name(), one.topic().arn(), mediaType),
						"Such messages are received and paid for in vain.", filterCommand(one))));
	}

	private static boolean isHandled(Facts.Subscribed one, MediaType mediaType) {
		Set<MediaType> handled = one.consumed().by().mediaTypes();
		return handled.contains(mediaType) || handled.contains(mediaType.pattern());
	}

	private static Set<MediaType> published(Facts facts, Facts.Subscribed one) {
		return facts.service().published().getOrDefault(one.topic().arn(), Set.of());
	}

	private static FilterRule filter(Facts.Subscribed one) {
		return FilterRule.of(one.subscription());
	}

	private static String filterCommand(Facts.Subscribed one) {
		List<String> wanted = Stream
			.concat(one.consumed().by().mediaTypes().stream().filter((mediaType) -> !mediaType.isPattern()),
					filter(one).named().filter((mediaType) -> isHandled(one, mediaType)))
			.map(MediaType::value)
			.distinct()
			.sorted()
			.toList();
		return Shell.setSubscription(one.subscription(), "FilterPolicy", wanted.stream()
			.collect(Collectors.joining("\",\"", "{\"%s\":[\"".formatted(FilterRule.key(one.subscription())), "\"]}")));
	}

	static Stream<Finding> order(Facts facts) {
		return facts.subscribed()
			.filter((one) -> Fifo.isAddress(one.topic().arn()) && !one.consumed().queue().isFifo())
			.map((one) -> Finding.warning("order-lost",
					"The topic %s is FIFO, but the queue %s is not".formatted(one.topic().arn(),
							one.consumed().queue().name()),
					"The order of the messages, and their groups, are lost.",
					Shell.createQueue(one.consumed().queue().name() + ".fifo")
							+ "    # subscribe and consume that queue"));
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
					"SNS drops what is larger.", Shell.setQueue(one.consumed().queue(), "MaximumMessageSize",
							String.valueOf(one.topic().maximumMessageSize()))));
	}

	private static boolean isDescribed(Facts.Subscribed one) {
		return !one.subscription().attributes().isEmpty();
	}

}
