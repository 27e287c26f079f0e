package io.pubsub.aws.doctor;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.pubsub.aws.internal.ResourcePolicy.Decision;
import io.pubsub.aws.internal.Shell;

/**
 * Whether topics can send to queues that are encrypted.
 */
final class EncryptionChecks {

	private static final String WHY = "SNS needs kms:GenerateDataKey and kms:Decrypt on it, or it drops the messages.";

	private EncryptionChecks() {
	}

	static Stream<Finding> keyOfAws(Facts facts) {
		return facts.subscribed()
			.map(Facts.Subscribed::consumed)
			.distinct()
			.filter((consumed) -> KeyFacts.isOfAws(key(consumed.queue())))
			.map((consumed) -> Finding.error("encryption-key",
					"The queue %s is encrypted with %s, which SNS may not use"
						.formatted(consumed.queue().name(), key(consumed.queue())),
					"No topic can send to it: SNS drops the messages.",
					facts.shell()
						.setQueue(consumed.queue().url(),
								Map.of("KmsMasterKeyId", "", "SqsManagedSseEnabled", "true"))));
	}

	private static String key(QueueFacts queue) {
		return queue.attributes().getOrDefault("KmsMasterKeyId", "");
	}

	static Stream<Finding> policy(Facts facts) {
		return facts.subscribed()
			.filter((one) -> !key(one.consumed().queue()).isEmpty() && !KeyFacts.isOfAws(key(one.consumed().queue())))
			.flatMap((one) -> policy(facts, one));
	}

	private static Stream<Finding> policy(Facts facts, Facts.Subscribed one) {
		QueueFacts queue = one.consumed().queue();
		String id = key(queue);
		KeyFacts key = facts.keys().get(id);
		if (key == null) {
			// That it may not be looked at has a finding of its own.
			return facts.unseen().stream().anyMatch((unseen) -> unseen.resource().equals(id)) ? Stream.empty()
					: Stream.of(unknown(queue, id, "cannot be looked at without the KMS client of the AWS SDK", facts));
		}
		Decision decision = key.decide(one.topic().arn());
		if (decision == Decision.UNCLEAR) {
			return Stream.of(unknown(queue, id, "has conditions that are not understood", facts));
		}
		return (decision == Decision.ALLOWED) ? Stream.empty()
				: Stream.of(Finding.error("encryption-policy",
						"The queue %s is encrypted with %s, whose policy does not let the topic %s use it"
							.formatted(queue.name(), id, one.topic().arn()),
						WHY,
						facts.shell()
							.aws("kms put-key-policy --key-id %s --policy-name default --policy %s"
								.formatted(Shell.quote(key.arn()), Shell.quote(key.letting(senders(facts, id)))))));
	}

	// One policy for all topics that send to queues with that key.
	private static List<String> senders(Facts facts, String key) {
		return facts.subscribed()
			.filter((one) -> key(one.consumed().queue()).equals(key))
			.map((one) -> one.topic().arn())
			.distinct()
			.sorted()
			.toList();
	}

	private static Finding unknown(QueueFacts queue, String key, String reason, Facts facts) {
		return Finding.unknown("encryption-policy",
				"The queue %s is encrypted with %s, whose policy %s".formatted(queue.name(), key, reason), WHY,
				facts.shell()
					.aws("kms get-key-policy --policy-name default --key-id \"$(aws kms describe-key --key-id %s%s"
						.formatted(Shell.quote(key),
								(facts.place().region() != null) ? " --region " + facts.place().region() : "")
							+ " --query KeyMetadata.Arn --output text)\"")
						+ "    # must allow both to sns.amazonaws.com");
	}

}
