package io.pubsub.autoconfigure.deadletter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.pubsub.autoconfigure.PipelineProperties;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.Judge;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Opens the queues in which the service has dead letters. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class DeadLetterWorkbench {

	private static final Logger logger = LoggerFactory.getLogger(DeadLetterWorkbench.class);

	private final PubSubProperties properties;

	private final ObjectProvider<SqsAsyncClient> sqs;

	private final Judge judge;

	private final boolean local;

	private final Timekeeper time;

	/**
	 * Makes a workbench.
	 * @param properties the properties of all
	 * @param sqs the client of SQS
	 * @param judge says which letters would be handled now
	 * @param local whether the queues are those of the embedded broker, under the same
	 * names
	 * @param time the time
	 */
	DeadLetterWorkbench(PubSubProperties properties, ObjectProvider<SqsAsyncClient> sqs, Judge judge, boolean local,
			Timekeeper time) {
		this.properties = properties;
		this.sqs = sqs;
		this.judge = judge;
		this.local = local;
		this.time = time;
	}

	/**
	 * Opens a queue.
	 * @param address the URL, ARN or name of the queue; {@code null} for the only one
	 * that the service has
	 * @return the queue
	 * @throws NoDeadLetterQueueException if none is named, and there are none or several
	 * @throws IllegalArgumentException if it is no address of a queue that can be reached
	 */
	public DeadLetterQueue open(@Nullable String address) {
		UnaryOperator<String> addresses = this.local ? QueueNames::of : UnaryOperator.identity();
		return new DeadLetterQueue(this.sqs.getObject(), addresses.apply((address != null) ? address : only()),
				this.judge, addresses, this.time);
	}

	private String only() {
		Map<String, String> queues = queues();
		if (queues.isEmpty()) {
			throw NoDeadLetterQueueException.none();
		}
		if (queues.size() > 1) {
			throw NoDeadLetterQueueException.several(queues.keySet());
		}
		return queues.values().iterator().next();
	}

	/**
	 * The queues in which the service has dead letters: those that are configured, and
	 * those to which the redrive policies of what it consumes lead.
	 * @return the addresses by name
	 */
	public Map<String, String> queues() {
		Map<String, String> queues = new LinkedHashMap<>();
		destinations().filter((destination) -> destination != null && isQueue(destination))
			.forEach((destination) -> queues.putIfAbsent(QueueNames.of(destination), destination));
		Set.copyOf(sources().filter((source) -> source != null && InputAddress.isQueue(source)).toList())
			.forEach((source) -> addRedriveTarget(source, queues));
		return queues;
	}

	private static boolean isQueue(String destination) {
		return InputAddress.isQueue(destination) && !destination.contains(":sns:");
	}

	private Stream<@Nullable String> destinations() {
		return Stream.concat(Stream.of(this.properties.deadLetter()).map(PubSubProperties.DeadLetter::destination),
				pipelines().map(PipelineProperties::deadLetter)
					.map((letters) -> (letters != null) ? letters.destination() : null));
	}

	private Stream<@Nullable String> sources() {
		return Stream.concat(Stream.of(this.properties).map(PubSubProperties::source),
				pipelines().map(PipelineProperties::source));
	}

	private Stream<PipelineProperties> pipelines() {
		return List.copyOf(this.properties.pipelines().values()).stream();
	}

	// What cannot be looked up must not stand in the way of what is configured.
	private void addRedriveTarget(String source, Map<String, String> queues) {
		try {
			String target = open(source).state().deadLetterQueue();
			if (target != null) {
				queues.putIfAbsent(QueueNames.of(target), target);
			}
		}
		catch (RuntimeException ex) {
			if (queues.isEmpty()) {
				throw ex;
			}
			logger.warn("Cannot find out where SQS puts the dead letters of {}: {}", LogText.of(source),
					LogText.of(ex.getMessage()));
		}
	}

}
