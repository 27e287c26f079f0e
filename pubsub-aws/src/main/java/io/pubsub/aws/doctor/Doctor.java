package io.pubsub.aws.doctor;

import java.util.Comparator;
import java.util.List;

/**
 * Knows all checks, and the order in which a person works off what they find.
 *
 * @since 0.1.0
 */
public final class Doctor {

	// In the order in which things depend on each other.
	private static final List<Check> CHECKS = List.of(AccessChecks::credentials, AccessChecks::elsewhere,
			AccessChecks::clock, AccessChecks::denied, AccessChecks::silent, QueueChecks::missing,
			QueueChecks::visibilityShort, QueueChecks::visibilityExceeded, QueueChecks::polling, QueueChecks::crowded,
			EncryptionChecks::keyOfAws, EncryptionChecks::policy, RedriveChecks::missing, RedriveChecks::targetMissing,
			RedriveChecks::kind, RedriveChecks::attempts, RedriveChecks::few, RedriveChecks::retention,
			RedriveChecks::waiting, RedriveChecks::destination, TopicChecks::missing, TopicChecks::account,
			TopicChecks::size, TopicChecks::unsubscribed, SubscriptionChecks::missing, SubscriptionChecks::pending,
			SubscriptionChecks::policy, SubscriptionChecks::wrapped, SubscriptionChecks::unsigned,
			SubscriptionChecks::neverDelivered, SubscriptionChecks::unhandled, SubscriptionChecks::order,
			SubscriptionChecks::size, ServiceChecks::unusedSchemas, ServiceChecks::handlersWithoutSchema,
			ServiceChecks::ungrouped);

	private Doctor() {
	}

	/**
	 * Judges facts.
	 * @param facts the facts
	 * @return the findings: the worst first, and among these what others depend on
	 */
	public static List<Finding> examine(Facts facts) {
		return CHECKS.stream()
			.flatMap((check) -> check.findings(facts))
			.distinct()
			.sorted(Comparator.comparing(Finding::severity))
			.toList();
	}

}
