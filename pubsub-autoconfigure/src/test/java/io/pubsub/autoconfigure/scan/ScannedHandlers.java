package io.pubsub.autoconfigure.scan;

import io.pubsub.Handles;

/**
 * A class that a scan finds, with a handler.
 */
public class ScannedHandlers {

	@Handles
	void on(ScannedMessage message) {
	}

}
