package io.pubsub.autoconfigure.folder;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.folder.FolderDestination;
import io.pubsub.folder.FolderQueue;
import io.pubsub.transport.Source;

/**
 * Makes the sources of folders, and closes their queues in the end.
 */
final class FolderSourceFactory implements SourceFactory, AutoCloseable {

	private final List<FolderQueue> queues = new CopyOnWriteArrayList<>();

	private final Folders folders;

	FolderSourceFactory(Folders folders) {
		this.folders = folders;
	}

	@Override
	public boolean supports(String address) {
		return FolderDestination.isFolder(address);
	}

	/**
	 * Makes the source for the handlers of the application.
	 * @param settings the settings of that
	 * @return the source
	 * @throws InvalidPropertyException if the address cannot be right
	 */
	Source createMain(SourceSettings settings) {
		try {
			return create(settings);
		}
		catch (InvalidPropertyException ex) {
			throw ex;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException("pubsub.source", "pubsub.source: " + ex.getMessage());
		}
	}

	@Override
	public Source create(SourceSettings settings) {
		FolderQueue queue = this.folders.builder(settings.address()).backoff(settings.backoff()).build();
		this.queues.add(queue);
		return queue.source();
	}

	@Override
	public void close() {
		this.queues.forEach(FolderQueue::close);
	}

}
