package io.pubsub.benchmarks.pipeline;

import java.util.List;
import java.util.stream.IntStream;

import io.pubsub.benchmarks.scenario.MessageJson;
import io.pubsub.benchmarks.scenario.Scenario;
import io.pubsub.transport.InboundMessage;

/**
 * The messages of a measurement. There are {@value #DIFFERENT} different ones, which come
 * again and again: so few take no room that would count, and so many are never in flight
 * at the same time.
 */
public final class Messages {

	private static final int DIFFERENT = 4096;

	private final List<InboundMessage> messages;

	/**
	 * Make the messages.
	 */
	public Messages() {
		MessageJson json = new MessageJson();
		this.messages = IntStream.range(0, DIFFERENT)
			.mapToObj((sequence) -> new InboundMessage(String.valueOf(sequence),
					Scenario.PIPELINE.message(json, sequence)))
			.toList();
	}

	/**
	 * Return a message.
	 * @param sequence its number, from 0
	 * @return the message
	 */
	InboundMessage get(int sequence) {
		return this.messages.get(sequence % DIFFERENT);
	}

}
