package io.pubsub.autoconfigure.consume;

import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.source.LineSource;
import io.pubsub.time.Timekeeper;

/**
 * Makes the sources of inputs that end.
 *
 * @param time the time by which a line comes again
 */
record LineSourceFactory(Timekeeper time) implements SourceFactory {

	// A line has no queue with a redrive policy behind it.
	private static final int DEFAULT_ATTEMPTS = 5;

	@Override
	public boolean supports(String address) {
		return InputAddress.isInput(address);
	}

	@Override
	public LineSource create(SourceSettings settings) {
		Integer configured = settings.consumer().maxAttempts();
		int attempts = (configured != null) ? configured : DEFAULT_ATTEMPTS;
		String address = settings.address();
		return address.equals(InputAddress.STDIN)
				? LineSource.stdin(settings.concurrency(), settings.backoff(), attempts, this.time) : LineSource
					.file(InputAddress.path(address), settings.concurrency(), settings.backoff(), attempts, this.time);
	}

}
