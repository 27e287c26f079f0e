package io.pubsub.sample;

import io.pubsub.Handles;

import org.springframework.stereotype.Component;

/**
 * Pins what was said to the {@link NoticeBoard}.
 */
@Component
class SimpleMessageHandler {

	private final NoticeBoard board;

	SimpleMessageHandler(NoticeBoard board) {
		this.board = board;
	}

	@Handles
	void handle(SimpleMessage content) {
		this.board.pin(content.message());
	}

}
