package io.pubsub.jdbc.queue;

import java.util.stream.Stream;

import io.pubsub.transport.InboundMessage;

/**
 * The groups of messages.
 */
final class Groups {

	private Groups() {
	}

	static Stream<String> of(InboundMessage message) {
		return Stream.ofNullable(message.groupId());
	}

}
