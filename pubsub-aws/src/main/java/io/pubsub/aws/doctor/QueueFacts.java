package io.pubsub.aws.doctor;

import java.util.Map;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.internal.ResourcePolicy;
import io.pubsub.aws.place.Fifo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What SQS tells of a queue.
 *
 * @param url the URL of the queue
 * @param attributes its attributes, under the names that SQS has for them
 * @since 0.1.0
 */
public record QueueFacts(String url, Map<String, String> attributes) {

	private static final JsonMapper mapper = JsonMapper.builder().build();

	public QueueFacts {
		attributes = Map.copyOf(attributes);
	}

	/**
	 * The ARN of the queue.
	 * @return the ARN; empty if SQS did not tell
	 */
	public String arn() {
		return this.attributes.getOrDefault("QueueArn", "");
	}

	/**
	 * The name of the queue.
	 * @return the last part of its URL
	 */
	public String name() {
		return this.url.substring(this.url.lastIndexOf('/') + 1);
	}

	/**
	 * A number that SQS tells of the queue.
	 * @param attribute the name of the attribute
	 * @return the number; {@code null} if SQS did not tell
	 */
	public @Nullable Long number(String attribute) {
		String value = this.attributes.get(attribute);
		return (value != null) ? Long.valueOf(value) : null;
	}

	/**
	 * The ARN of the queue that gets what was received too often.
	 * @return the ARN; {@code null} if there is no redrive policy
	 */
	public @Nullable String redriveTarget() {
		String arn = redrive("deadLetterTargetArn");
		return arn.isEmpty() ? null : arn;
	}

	/**
	 * The number of receives after which a message goes to that queue.
	 * @return the number; 0 if there is no redrive policy
	 */
	public int maxReceiveCount() {
		String count = redrive("maxReceiveCount");
		return count.isEmpty() ? 0 : Integer.parseInt(count);
	}

	private String redrive(String field) {
		try {
			return mapper.readTree(this.attributes.getOrDefault("RedrivePolicy", "{}")).path(field).asString("");
		}
		catch (JacksonException ex) {
			return "";
		}
	}

	/**
	 * Whether the queue is FIFO.
	 * @return {@code false} for a standard one
	 */
	public boolean isFifo() {
		return Fifo.isAddress(this.url);
	}

	boolean isEmulated() {
		return Arn.of(arn()).isEmulated();
	}

	ResourcePolicy policy() {
		return ResourcePolicy.parse(this.attributes.get("Policy"));
	}

}
