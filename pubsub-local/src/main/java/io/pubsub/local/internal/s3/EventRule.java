package io.pubsub.local.internal.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import io.pubsub.local.internal.sns.Arns;
import io.pubsub.local.internal.xml.Xml;
import io.pubsub.local.internal.xml.XmlNode;
import org.jspecify.annotations.Nullable;

/**
 * One part of the notification configuration of a bucket.
 *
 * @param id its name
 * @param target the element that names the destination, {@code Queue} or {@code Topic}
 * @param arn the ARN of the destination
 * @param events the events, such as {@code s3:ObjectCreated:*}
 * @param prefix the beginning of the keys
 * @param suffix the end of the keys
 */
record EventRule(String id, String target, String arn, List<String> events, String prefix, String suffix) {

	private static final Pattern EVENT = Pattern
		.compile("s3:(ObjectCreated:(\\*|Put|Post|Copy|CompleteMultipartUpload)|"
				+ "ObjectRemoved:(\\*|Delete|DeleteMarkerCreated))");

	static EventRule read(String target, XmlNode node) {
		String id = node.textOf("Id");
		String arn = node.textOf(target);
		List<String> events = node.children("Event").stream().map((event) -> event.text().strip()).toList();
		if (arn == null || events.isEmpty()) {
			throw S3Exception.malformedXml();
		}
		return of((id != null && !id.isEmpty()) ? id : UUID.randomUUID().toString(), target, arn.strip(), events,
				filter(node, "prefix"), filter(node, "suffix"));
	}

	static EventRule of(String id, String target, String arn, List<String> events, String prefix, String suffix) {
		events.stream().filter((event) -> !EVENT.matcher(event).matches()).findFirst().ifPresent((event) -> {
			throw S3Exception
				.notImplemented("event %s; it has s3:ObjectCreated:* and s3:ObjectRemoved:*, and the kinds of both"
					.formatted(event));
		});
		if (Arns.isFifo(arn)) {
			throw S3Exception.invalidDestinations(Map.of(arn, "S3 sends to no FIFO queue or topic"));
		}
		return new EventRule(id, target, arn, List.copyOf(events), prefix, suffix);
	}

	private static String filter(XmlNode node, String name) {
		List<String> values = new ArrayList<>();
		for (XmlNode filter : node.children("Filter")) {
			for (XmlNode key : filter.children("S3Key")) {
				key.children("FilterRule")
					.stream()
					.filter((rule) -> name.equals(lower(rule.textOf("Name"))))
					.map((rule) -> rule.textOf("Value"))
					.forEach((value) -> values.add((value != null) ? value : ""));
			}
		}
		if (values.size() > 1) {
			throw S3Exception.invalidArgument("Cannot specify more than one %s rule in a filter.".formatted(name),
					"FilterRule", name);
		}
		return values.isEmpty() ? "" : values.get(0);
	}

	private static String lower(@Nullable String name) {
		return (name != null) ? name.strip().toLowerCase(Locale.ROOT) : "";
	}

	boolean matches(String event, String key) {
		return this.events.stream().anyMatch((wanted) -> includes(wanted, "s3:" + event)) && key.startsWith(this.prefix)
				&& key.endsWith(this.suffix);
	}

	boolean overlaps(EventRule other) {
		return this.events.stream()
			.anyMatch((one) -> other.events.stream().anyMatch((two) -> includes(one, two) || includes(two, one)))
				&& (this.prefix.startsWith(other.prefix) || other.prefix.startsWith(this.prefix))
				&& (this.suffix.endsWith(other.suffix) || other.suffix.endsWith(this.suffix));
	}

	private static boolean includes(String wanted, String event) {
		return wanted.endsWith("*") ? event.startsWith(wanted.substring(0, wanted.length() - 1)) : wanted.equals(event);
	}

	void write(Xml xml) {
		xml.element(this.target + "Configuration", () -> {
			xml.element("Id", this.id);
			xml.element(this.target, this.arn);
			this.events.forEach((event) -> xml.element("Event", event));
			if (!this.prefix.isEmpty() || !this.suffix.isEmpty()) {
				xml.element("Filter", () -> xml.element("S3Key", () -> {
					write(xml, "Prefix", this.prefix);
					write(xml, "Suffix", this.suffix);
				}));
			}
		});
	}

	private static void write(Xml xml, String name, String value) {
		if (!value.isEmpty()) {
			xml.element("FilterRule", () -> xml.element("Name", name).element("Value", value));
		}
	}

}
