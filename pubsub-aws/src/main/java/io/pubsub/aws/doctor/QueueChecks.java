package io.pubsub.aws.doctor;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.internal.Shell;
import io.pubsub.aws.topology.Setting;
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
					facts.shell().createQueue(Arn.of(unseen.resource()).name())));
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
					visibilityCommand(facts, consumed, DEFAULT_VISIBILITY)));
	}

	static Stream<Finding> visibilityExceeded(Facts facts) {
		return facts.consumed()
			.filter((consumed) -> !consumed.by().heartbeat() && exceeds(consumed.by().handlingTime(), consumed))
			.map((consumed) -> Finding.error("visibility-exceeded",
					"Handlers of the queue %s take up to %s s, but its messages are hidden for %d s and there is no heartbeat"
						.formatted(consumed.queue().name(), seconds(consumed), visibility(consumed)),
					"A message comes again while it is still handled.",
					visibilityCommand(facts, consumed, 2 * seconds(consumed))));
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

	private static String visibilityCommand(Facts facts, Facts.Consumed consumed, long seconds) {
		return (consumed.by().visibilityTimeout() != null)
				? facts.configure(consumed.by(), Setting.VISIBILITY_TIMEOUT, seconds + "s")
				: facts.shell().setQueue(consumed.queue().url(), Map.of("VisibilityTimeout", String.valueOf(seconds)));
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
					facts.configure(consumed.by(), Setting.POLL_WAIT, "20s")));
	}

	static Stream<Finding> crowded(Facts facts) {
		return facts.consumed()
			.filter((consumed) -> inFlight(consumed.queue()) >= CROWD)
			.map((consumed) -> Finding.warning("in-flight-limit",
					"%d messages of the queue %s are in flight; the limit is 120,000"
						.formatted(inFlight(consumed.queue()), consumed.queue().name()),
					"At the limit nothing is received any more, without an error.",
					facts.shell()
						.sqs("get-queue-attributes --queue-url %s --attribute-names All"
							.formatted(Shell.quote(consumed.queue().url())))
							+ "    # watch it while you stop the consumers of the queue one by one"));
	}

	private static long inFlight(QueueFacts queue) {
		Long number = queue.number("ApproximateNumberOfMessagesNotVisible");
		return (number != null) ? number : 0;
	}

}
