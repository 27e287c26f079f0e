package io.pubsub.aws.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.pubsub.MediaType;
import io.pubsub.aws.internal.ResourcePolicy;
import io.pubsub.aws.internal.ServiceCall;
import io.pubsub.aws.topology.Consumption;
import io.pubsub.aws.topology.ServiceFacts;
import io.pubsub.aws.topology.ServiceFacts.OddSchemas;
import org.jspecify.annotations.Nullable;

/**
 * A service that handles orders, and is healthy unless it is told to be otherwise.
 *
 * @param consumption the queue that it consumes
 * @param topic the topic that it publishes to; {@code null} for that of the test
 * @param maxMessageBytes the largest message that it publishes
 * @param schemas the classes that do not fit
 */
record Service(Consumption consumption, @Nullable String topic, int maxMessageBytes, OddSchemas schemas) {

	static final MediaType ORDER = new MediaType("application/vnd.example.pubsub._.created.order");

	static final MediaType OTHER = new MediaType("application/vnd.example.pubsub._.created.other");

	private static final Duration WAIT = Duration.ofSeconds(20);

	static Service consuming(String queue) {
		return new Service(new Consumption("handlers", queue, Map.of(ORDER, "orderHandler"), Set.of(), 4, null, true,
				null, WAIT, queue + "-letters", false, false), null, 262_144, OddSchemas.NONE)
			.withLetters(queue.replace("-missing", "") + "-letters");
	}

	Service withLetters(@Nullable String address) {
		return with(new Consumption("handlers", this.consumption.queue(), this.consumption.handlers(), Set.of(), 4,
				null, true, null, WAIT, address, false, false));
	}

	Service keepingAll() {
		return with(new Consumption("handlers", this.consumption.queue(), this.consumption.handlers(), Set.of(), null,
				null, true, null, WAIT, null, false, false));
	}

	Service handling(Duration time) {
		return with(new Consumption("handlers", this.consumption.queue(), this.consumption.handlers(), Set.of(), 4,
				null, false, time, WAIT, this.consumption.deadLetters(), false, false));
	}

	Service polling(Duration wait) {
		return with(new Consumption("handlers", this.consumption.queue(), this.consumption.handlers(), Set.of(), 4,
				null, true, null, wait, this.consumption.deadLetters(), false, false));
	}

	Service bare() {
		return with(new Consumption("handlers", this.consumption.queue(), this.consumption.handlers(), Set.of(), 4,
				null, true, null, WAIT, this.consumption.deadLetters(), true, false));
	}

	Service signed() {
		return with(new Consumption("handlers", this.consumption.queue(), this.consumption.handlers(), Set.of(), 4,
				null, true, null, WAIT, this.consumption.deadLetters(), false, true));
	}

	private Service with(Consumption other) {
		return new Service(other, this.topic, this.maxMessageBytes, this.schemas);
	}

	Service publishing(String other) {
		return new Service(this.consumption, other, this.maxMessageBytes, this.schemas);
	}

	Service publishing(int bytes) {
		return new Service(this.consumption, this.topic, bytes, this.schemas);
	}

	Service with(OddSchemas odd) {
		return new Service(this.consumption, this.topic, this.maxMessageBytes, odd);
	}

	ServiceFacts on(String usual) {
		String to = (this.topic != null) ? this.topic : usual;
		Consumption fed = new Consumption(this.consumption.name(), this.consumption.queue(),
				this.consumption.handlers(), Set.of(to), this.consumption.maxAttempts(),
				this.consumption.visibilityTimeout(), this.consumption.heartbeat(), this.consumption.handlingTime(),
				this.consumption.pollWait(), this.consumption.deadLetters(), this.consumption.bare(),
				this.consumption.signed());
		return new ServiceFacts("orders", List.of(fed), Map.of(to, Set.of(ORDER)), this.maxMessageBytes, this.schemas,
				(daemon, setting) -> "the." + setting.name().toLowerCase(Locale.ROOT));
	}

	static String policyFor(String topic, String queueArn) {
		return ResourcePolicy.parse(null).letting(ServiceCall.delivery(topic, queueArn)).json();
	}

	static String denying(String topic, String queueArn) {
		String allowed = policyFor(topic, queueArn);
		return allowed.substring(0, allowed.length() - 2)
				+ ",{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"%s\",\"Condition\":{\"StringNotEquals\":{\"aws:SourceVpce\":\"vpce-1\"}}}]}"
					.formatted(queueArn);
	}

}
