package io.pubsub.aws.doctor;

import java.time.Duration;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Whether the queues that are consumed are as their consumers need them.
 */
final class QueueChecks {

	// The heartbeat comes at two thirds of it, and may have to come twice.
	private static final int SHORTEST_VISIBILITY = 10;

	private static final Duration SHORTEST_POLL = Duration.ofSeconds(5);

	// SQS brings no more while 120,000 are in flight.
	private static final long CROWD = 100_000;

	private static final int DEFAULT_VISIBILITY = 30;

	private QueueChecks() {
	}

	static Stream<Finding> missing(Facts facts) {
		return facts.unseen(Unseen.Kind.MISSING)
			.filter((unseen) -> isConsumed(facts, unseen.resource()))
			.map((unseen) -> Finding.error("queue-missing", "The queue %s does not exist".formatted(unseen.resource()),
					"Nothing is consumed, and the service does not start.",
					Shell.createQueue(Shell.name(unseen.resource()))));
	}

	private static boolean isConsumed(Facts facts, String resource) {
		return facts.service().consumptions().stream().anyMatch((one) -> one.queue().equals(resource));
	}

	static Stream<Finding> visibilityShort(Facts facts) {
		return facts.consumed()
			.filter((consumed) -> consumed.by().heartbeat() && visibility(consumed) < SHORTEST_VISIBILITY)
			.map((consumed) -> Finding.warning("visibility-short",
					"Messages of the queue %s are hidden for %d s only".formatted(consumed.queue().name(),
							visibility(consumed)),
					"One slow request to SQS is enough for a message to be handled twice.",
					visibilityCommand(consumed, DEFAULT_VISIBILITY)));
	}

	static Stream<Finding> visibilityExceeded(Facts facts) {
		return facts.consumed()
			.filter((consumed) -> !consumed.by().heartbeat() && exceeds(consumed.by().handlingTime(), consumed))
			.map((consumed) -> Finding.error("visibility-exceeded",
					"Handlers of the queue %s take up to %s s, but its messages are hidden for %d s and there is no heartbeat"
						.formatted(consumed.queue().name(), seconds(consumed), visibility(consumed)),
					"A message comes again while it is still handled.",
					visibilityCommand(consumed, 2 * seconds(consumed))));
	}

	private static boolean exceeds(@Nullable Duration handling, Facts.Consumed consumed) {
		return handling != null && handling.toSeconds() >= visibility(consumed);
	}

	private static long seconds(Facts.Consumed consumed) {
		Duration handling = consumed.by().handlingTime();
		return (handling != null) ? handling.toSeconds() : 0;
	}

	private static long visibility(Facts.Consumed consumed) {
		Duration own = consumed.by().visibilityTimeout();
		if (own != null) {
			return own.toSeconds();
		}
		Long configured = consumed.queue().number("VisibilityTimeout");
		return (configured != null && configured > 0) ? configured : DEFAULT_VISIBILITY;
	}

	private static String visibilityCommand(Facts.Consumed consumed, long seconds) {
		return (consumed.by().visibilityTimeout() != null)
				? "Set the visibility timeout in the configuration of the service to %ds".formatted(seconds)
				: Shell.setQueue(consumed.queue(), "VisibilityTimeout", String.valueOf(seconds));
	}

	// An emulator costs nothing.
	static Stream<Finding> polling(Facts facts) {
		return facts.consumed()
			.filter((consumed) -> !consumed.queue().isEmulated()
					&& consumed.by().pollWait().compareTo(SHORTEST_POLL) < 0)
			.map((consumed) -> Finding.note("short-polling",
					"A receive waits %d s at the empty queue %s".formatted(consumed.by().pollWait().toSeconds(),
							consumed.queue().name()),
					"Each empty receive is paid for, and a short one may miss messages.",
					"Set the poll wait in the configuration of the service to 20s"));
	}

	static Stream<Finding> crowded(Facts facts) {
		return facts.consumed()
			.filter((consumed) -> inFlight(consumed.queue()) >= CROWD)
			.map((consumed) -> Finding.warning("in-flight-limit",
					"%d messages of the queue %s are in flight; the limit is 120,000"
						.formatted(inFlight(consumed.queue()), consumed.queue().name()),
					"At the limit nothing is received any more, without an error.",
					"aws sqs get-queue-attributes --queue-url %s --attribute-names All    # then look for a consumer that"
						.formatted(Shell.quote(consumed.queue().url())) + " receives and does not delete"));
	}

	private static long inFlight(QueueFacts queue) {
		Long number = queue.number("ApproximateNumberOfMessagesNotVisible");
		return (number != null) ? number : 0;
	}

	static Stream<Finding> encryption(Facts facts) {
		return facts.subscribed()
			.map(Facts.Subscribed::consumed)
			.distinct()
			.flatMap((consumed) -> Stream.ofNullable(consumed.queue().attributes().get("KmsMasterKeyId"))
				.map((key) -> encryption(consumed.queue(), key)));
	}

	private static Finding encryption(QueueFacts queue, String key) {
		if (key.endsWith("alias/aws/sqs")) {
			return Finding.error("encryption-key",
					"The queue %s is encrypted with %s, which SNS may not use".formatted(queue.name(), key),
					"No topic can send to it: SNS drops the messages.", Shell.setQueue(queue, "KmsMasterKeyId", ""));
		}
		return Finding.unknown("encryption-policy",
				"The queue %s is encrypted with %s, whose policy is not looked at".formatted(queue.name(), key),
				"SNS needs kms:GenerateDataKey and kms:Decrypt on it, or it drops the messages.",
				"aws kms get-key-policy --key-id %s --policy-name default    # must allow both to sns.amazonaws.com"
					.formatted(Shell.quote(key)));
	}

}
