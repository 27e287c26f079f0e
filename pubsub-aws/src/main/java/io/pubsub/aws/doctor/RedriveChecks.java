package io.pubsub.aws.doctor;

import java.util.stream.Stream;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.internal.Shell;
import io.pubsub.aws.place.Fifo;
import io.pubsub.aws.topology.ServiceFacts;

/**
 * Whether what cannot be handled goes to where it is kept.
 */
final class RedriveChecks {

	private static final int USUAL = 5;

	private static final int FEWEST = 3;

	private RedriveChecks() {
	}

	static Stream<Finding> missing(Facts facts) {
		return facts.consumed()
			.filter((consumed) -> consumed.queue().redriveTarget() == null
					&& !(consumed.by().deadLetters() != null && consumed.by().maxAttempts() != null))
			.map((consumed) -> Finding.error("redrive-missing",
					"The queue %s has no redrive policy, and the service does not give messages up"
						.formatted(consumed.queue().name()),
					"A message that always fails comes again until it is older than the queue keeps it, and is lost.",
					withLetters(facts, consumed)));
	}

	private static String withLetters(Facts facts, Facts.Consumed consumed) {
		Arn queue = Arn.of(consumed.queue().arn());
		Arn letters = queue.withName(queue.deadLetters());
		return facts.shell().createLetters(letters.name()) + " && "
				+ facts.shell().redrive(consumed.queue().url(), letters.toString(), enough(consumed));
	}

	static Stream<Finding> targetMissing(Facts facts) {
		return facts.consumed()
			.flatMap((consumed) -> facts.unseen(Unseen.Kind.MISSING)
				.filter((unseen) -> unseen.resource().equals(consumed.queue().redriveTarget()))
				.map((unseen) -> Finding.error("redrive-target-missing",
						"The redrive policy of the queue %s names %s, which does not exist"
							.formatted(consumed.queue().name(), unseen.resource()),
						"What is received too often has nowhere to go, and comes again.",
						facts.shell().createLetters(Arn.of(unseen.resource()).name()))));
	}

	static Stream<Finding> kind(Facts facts) {
		return facts.consumed()
			.flatMap((consumed) -> Stream.ofNullable(consumed.queue().redriveTarget())
				.filter((target) -> Fifo.isAddress(target) != consumed.queue().isFifo())
				.map((target) -> Finding.error("redrive-kind",
						"The queue %s and the target of its redrive policy, %s, are not of one kind: one is FIFO"
							.formatted(consumed.queue().name(), target),
						"SQS moves messages from FIFO to FIFO and from standard to standard queues only.",
						withLetters(facts, consumed))));
	}

	static Stream<Finding> attempts(Facts facts) {
		return facts.consumed().filter((consumed) -> {
			Integer attempts = consumed.by().maxAttempts();
			int receives = consumed.queue().maxReceiveCount();
			return attempts != null && receives > 0 && receives < attempts;
		})
			.map((consumed) -> Finding.warning("redrive-before-attempts",
					"The queue %s moves a message after %d receives, but the service gives it up after %d deliveries"
						.formatted(consumed.queue().name(), consumed.queue().maxReceiveCount(),
								consumed.by().maxAttempts()),
					"The message becomes a dead letter without a reason, and before its last attempts.",
					facts.shell()
						.redrive(consumed.queue().url(), String.valueOf(consumed.queue().redriveTarget()),
								enough(consumed))));
	}

	private static int enough(Facts.Consumed consumed) {
		Integer attempts = consumed.by().maxAttempts();
		return (attempts != null) ? Math.max(USUAL, 1 + attempts) : USUAL;
	}

	static Stream<Finding> few(Facts facts) {
		return facts.consumed()
			.filter((consumed) -> consumed.queue().redriveTarget() != null
					&& consumed.queue().maxReceiveCount() < FEWEST)
			.map((consumed) -> Finding.warning("redrive-few-receives",
					"The queue %s moves a message after %d receives".formatted(consumed.queue().name(),
							consumed.queue().maxReceiveCount()),
					"A restart or a look at the queue counts as a receive: good messages become dead letters.",
					facts.shell()
						.redrive(consumed.queue().url(), String.valueOf(consumed.queue().redriveTarget()),
								enough(consumed))));
	}

	static Stream<Finding> retention(Facts facts) {
		return facts.consumed().flatMap((consumed) -> Stream.ofNullable(consumed.letters()).filter((letters) -> {
			Long own = consumed.queue().number("MessageRetentionPeriod");
			Long theirs = letters.number("MessageRetentionPeriod");
			return own != null && theirs != null && theirs <= own && !consumed.queue().isEmulated();
		})
			.map((letters) -> Finding.warning("dead-letter-retention",
					"The dead-letter queue %s keeps messages for %s s, the queue %s for %s s".formatted(letters.name(),
							letters.number("MessageRetentionPeriod"), consumed.queue().name(),
							consumed.queue().number("MessageRetentionPeriod")),
					"The age of a message counts from when it was first sent: a dead letter may be gone before anybody looks.",
					facts.shell().keepLong(letters.url()))));
	}

	static Stream<Finding> waiting(Facts facts) {
		return facts.consumed().flatMap((consumed) -> Stream.ofNullable(consumed.letters()).filter((letters) -> {
			Long number = letters.number("ApproximateNumberOfMessages");
			return number != null && number > 0;
		})
			.map((letters) -> Finding.warning("dead-letters-waiting",
					"There are about %s messages in the dead-letter queue %s"
						.formatted(letters.number("ApproximateNumberOfMessages"), letters.name()),
					"They were not handled, and are deleted when they are too old.",
					"java -jar service.jar dead-letters list --queue %s".formatted(Shell.quote(letters.url())))));
	}

	static Stream<Finding> destination(Facts facts) {
		return facts.unseen(Unseen.Kind.MISSING)
			.filter((unseen) -> facts.service()
				.consumptions()
				.stream()
				.anyMatch((one) -> unseen.resource().equals(one.deadLetters())))
			.map((unseen) -> Finding.error("dead-letter-destination",
					"%s, where dead letters are to go, does not exist".formatted(unseen.resource()),
					"What can never be handled is handed back, and comes again and again.",
					ServiceFacts.isTopic(unseen.resource())
							? facts.shell().createTopic(Arn.of(unseen.resource()).name())
							: facts.shell().createLetters(Arn.of(unseen.resource()).name())));
	}

}
