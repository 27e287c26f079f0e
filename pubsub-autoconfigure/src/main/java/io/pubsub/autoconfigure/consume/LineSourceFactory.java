package io.pubsub.autoconfigure.consume;

import java.util.Objects;

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

	@Override
	public boolean supports(String address) {
		return InputAddress.isInput(address);
	}

	@Override
	public LineSource create(SourceSettings settings) {
		String address = settings.address();
		int attempts = Objects.requireNonNull(InputAddress.maxAttempts(address, settings.consumer().maxAttempts()));
		return address.equals(InputAddress.STDIN)
				? LineSource.stdin(settings.concurrency(), settings.backoff(), attempts, this.time) : LineSource
					.file(InputAddress.path(address), settings.concurrency(), settings.backoff(), attempts, this.time);
	}

}
