package io.pubsub.autoconfigure.local;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.Handles;
import io.pubsub.autoconfigure.scan.ScannedMessage;

/**
 * A handler that keeps its messages.
 */
class ScannedHandler {

	final List<ScannedMessage> handled = new CopyOnWriteArrayList<>();

	@Handles
	void on(ScannedMessage message) {
		this.handled.add(message);
	}

}
