package io.pubsub.test;

import java.time.Duration;

import io.pubsub.folder.FolderDestination;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Destination;
import io.pubsub.transport.Source;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests for {@link FolderDestination}.
 */
class FolderDestinationContractTests extends DestinationContract {

	@RegisterExtension
	private final FolderContractQueue queue = new FolderContractQueue();

	@Override
	protected Destination destination() {
		return this.queue.destination;
	}

	@Override
	protected String address() {
		return this.queue.address();
	}

	@Override
	protected String unknownAddress() {
		return this.queue.address() + "/missing";
	}

	@Override
	protected Source arrivals() {
		return this.queue.source(25, BackoffPolicy.fixed(Duration.ZERO));
	}

}
