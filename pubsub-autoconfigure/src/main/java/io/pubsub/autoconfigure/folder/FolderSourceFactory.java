package io.pubsub.autoconfigure.folder;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.folder.FolderDestination;
import io.pubsub.folder.FolderQueue;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Source;

/**
 * Makes the sources of folders, and closes their queues in the end.
 */
final class FolderSourceFactory implements SourceFactory, AutoCloseable {

	private final List<FolderQueue> queues = new CopyOnWriteArrayList<>();

	private final PubSubFolderProperties properties;

	private final Timekeeper time;

	FolderSourceFactory(PubSubFolderProperties properties, Timekeeper time) {
		this.properties = properties;
		this.time = time;
	}

	@Override
	public boolean supports(String address) {
		return FolderDestination.isFolder(address);
	}

	@Override
	public Source create(SourceSettings settings) {
		FolderQueue queue = this.properties.queue(FolderAddress.parse(settings.address()))
			.backoff(settings.backoff())
			.timekeeper(this.time)
			.build();
		this.queues.add(queue);
		return queue.source();
	}

	@Override
	public void close() {
		this.queues.forEach(FolderQueue::close);
	}

}
