package io.pubsub.sample;

import java.time.Instant;

import io.pubsub.publish.SnsProducer;

import org.springframework.stereotype.Component;

/**
 * Tells everybody who listens.
 */
@Component
public class Announcer {

	private static final double MILLIS = 1000;

	private final SnsProducer producer;

	Announcer(SnsProducer producer) {
		this.producer = producer;
	}

	/**
	 * Announces something.
	 * @param text the text to announce
	 * @return the id of the message
	 */
	public String announce(String text) {
		return this.producer.produce(new SimpleMessage(text, Instant.now().toEpochMilli() / MILLIS));
	}

}
