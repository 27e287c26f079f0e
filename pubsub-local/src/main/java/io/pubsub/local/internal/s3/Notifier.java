package io.pubsub.local.internal.s3;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells queues and topics what was put and deleted.
 */
final class Notifier {

	private static final Logger logger = LoggerFactory.getLogger(Notifier.class);

	private static final String REMOVED = "ObjectRemoved:Delete";

	private final EventDestination destination;

	private final EventWriter writer;

	Notifier(EventDestination destination, EventWriter writer) {
		this.destination = destination;
		this.writer = writer;
	}

	void created(Bucket bucket, String event, StoredObject object) {
		bucket.rules()
			.stream()
			.filter((rule) -> rule.matches(event, object.key()))
			.forEach((rule) -> send(bucket, rule, this.writer.created(event, bucket.name(), rule.id(), object)));
	}

	void removed(Bucket bucket, String key, String sequencer) {
		bucket.rules()
			.stream()
			.filter((rule) -> rule.matches(REMOVED, key))
			.forEach((rule) -> send(bucket, rule,
					this.writer.removed(REMOVED, bucket.name(), rule.id(), key, sequencer)));
	}

	private void send(Bucket bucket, EventRule rule, String message) {
		String refusal = this.destination.refusal(bucket.name(), rule.arn());
		if (refusal != null) {
			logger.warn("A notification of S3 to {} is dropped: {}", rule.arn(), refusal);
		}
		else if (!this.destination.send(rule.arn(), message)) {
			logger.warn("A notification of S3 is dropped: {} does not take it", rule.arn());
		}
	}

}
