package io.pubsub.autoconfigure.pipeline;

import java.util.Map;

import io.pubsub.InvalidSettingException;
import io.pubsub.autoconfigure.PipelineProperties;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.aws.place.WrongPlaceException;
import io.pubsub.transport.BackoffPolicy;

/**
 * All that is configured for a pipeline.
 *
 * @param prefix the prefix of its properties, such as {@code pubsub.pipelines.words}
 * @param own the properties that only pipelines have
 * @param consumer the settings of its daemon: its own, or else those of all
 * @param deadLetter the settings of its dead letters: its own, or else those of all
 */
record PipelineSettings(String prefix, PipelineProperties own, PubSubProperties.Consumer consumer,
		PubSubProperties.DeadLetter deadLetter) {

	private static final Map<String, String> PLACES = Map.of("ackLinger", "ack.linger", "delay", "backoff.base", "base",
			"backoff.base", "max", "backoff.max", "pollWait", "poll-wait", "visibilityTimeout", "visibility-timeout");

	static final String DESTINATION = "dead-letter.destination";

	String property(String name) {
		return this.prefix + "." + name;
	}

	/**
	 * Names the property of a setting that is refused.
	 * @param refusal the refusal
	 * @param address the property of the address, which is meant if no other is known
	 * @return the exception
	 */
	InvalidPropertyException invalid(IllegalArgumentException refusal, String address) {
		return invalid(refusal, address, this.prefix);
	}

	/**
	 * Names the property of a setting that is refused.
	 * @param refusal the refusal
	 * @param other the property that is meant if no other is known
	 * @param prefix the prefix of the properties
	 * @return the exception
	 */
	static InvalidPropertyException invalid(IllegalArgumentException refusal, String other, String prefix) {
		if (refusal instanceof WrongPlaceException wrong) {
			return new InvalidPropertyException(other, wrong);
		}
		String place = (refusal instanceof InvalidSettingException invalid) ? PLACES.get(invalid.setting()) : null;
		String property = (place != null) ? prefix + "." + place : other;
		return new InvalidPropertyException(property, "%s: %s".formatted(property, refusal.getMessage()));
	}

	/**
	 * The property of the destination of dead letters: its own, or else that of all.
	 * @return the name of the property
	 */
	String deadLetterDestination() {
		PipelineProperties.DeadLetter letters = this.own.deadLetter();
		return (letters != null && letters.destination() != null) ? property(DESTINATION) : "pubsub." + DESTINATION;
	}

	BackoffPolicy backoff() {
		try {
			return this.consumer.backoff().create();
		}
		catch (InvalidSettingException ex) {
			throw invalid(ex, property("backoff"));
		}
	}

}
