package io.pubsub.test;

import io.pubsub.folder.FolderQueue;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tests for {@link FolderQueue}.
 */
class FolderHeartbeatContractTests extends HeartbeatContract {

	@RegisterExtension
	private final FolderContractQueue queue = new FolderContractQueue();

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

}
