package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.pubsub.local.internal.xml.Xml;
import io.pubsub.local.internal.xml.XmlNode;

/**
 * Configures what a bucket tells of its objects, and whom.
 */
final class NotificationOperations {

	private static final String ROOT = "NotificationConfiguration";

	private final Buckets buckets;

	private final EventDestination destination;

	private final EventWriter writer;

	NotificationOperations(Buckets buckets, EventDestination destination, EventWriter writer) {
		this.buckets = buckets;
		this.destination = destination;
		this.writer = writer;
	}

	Map<String, Operation> operations() {
		return Map.of("GET bucket?notification", this::get, "PUT bucket?notification", this::put);
	}

	private S3Answer get(S3Request request) {
		Bucket bucket = this.buckets.require(request.bucket());
		Xml xml = new Xml();
		return S3Answer.xml(ROOT, () -> bucket.rules().forEach((rule) -> rule.write(xml)), xml);
	}

	private S3Answer put(S3Request request) throws IOException {
		Bucket bucket = this.buckets.require(request.bucket());
		List<EventRule> rules = read(request.document());
		if (!"true".equalsIgnoreCase(request.header("x-amz-skip-destination-validation"))) {
			check(bucket.name(), rules);
			rules.forEach((rule) -> test(bucket, rule));
		}
		bucket.rules(rules);
		return S3Answer.empty(S3Answer.OK);
	}

	private static List<EventRule> read(XmlNode document) {
		if (!document.name().equals(ROOT)) {
			throw S3Exception.malformedXml();
		}
		List<EventRule> rules = new ArrayList<>();
		for (XmlNode node : document.children()) {
			EventRule rule = read(node.name(), node);
			if (rules.stream().anyMatch(rule::overlaps)) {
				throw S3Exception.invalidArgument(
						"Configurations overlap. Configurations on the same bucket cannot share a common event type.",
						rule.target(), rule.arn());
			}
			rules.add(rule);
		}
		return List.copyOf(rules);
	}

	private static EventRule read(String name, XmlNode node) {
		return switch (name) {
			case "QueueConfiguration" -> EventRule.read("Queue", node);
			case "TopicConfiguration" -> EventRule.read("Topic", node);
			default ->
				throw S3Exception.notImplemented("%s for notifications; it has queues and topics".formatted(name));
		};
	}

	private void check(String bucket, List<EventRule> rules) {
		Map<String, String> refusals = new LinkedHashMap<>();
		for (EventRule rule : rules) {
			String refusal = this.destination.refusal(bucket, rule.arn());
			if (refusal != null) {
				refusals.put(rule.arn(), refusal);
			}
		}
		if (!refusals.isEmpty()) {
			throw S3Exception.invalidDestinations(refusals);
		}
	}

	private void test(Bucket bucket, EventRule rule) {
		if (!this.destination.send(rule.arn(), this.writer.test(bucket.name()))) {
			throw S3Exception.invalidDestinations(Map.of(rule.arn(), "The destination does not take the test event"));
		}
	}

}
