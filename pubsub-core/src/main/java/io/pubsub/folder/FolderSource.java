package io.pubsub.folder;

import java.io.IOException;

import io.pubsub.source.InputException;
import io.pubsub.source.PullSource;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;

/**
 * {@link Source} of the files of a folder.
 *
 * @param queue the queue
 * @param limit the largest number of unsettled messages, 0 for as many as the receiver
 * works on at once
 */
record FolderSource(FolderQueue queue, int limit) implements Source {

	@Override
	public Subscription start(Receiver receiver) {
		return start(receiver, Integer.MAX_VALUE);
	}

	@Override
	public Subscription start(Receiver receiver, int limit) {
		FolderFeed feed = feed();
		PullSource.Builder source = this.queue.pull(feed);
		if (this.limit > 0) {
			source.limit(this.limit);
		}
		return source.build().start(receiver, limit);
	}

	private FolderFeed feed() {
		try {
			return this.queue.feed();
		}
		catch (IOException ex) {
			throw new InputException("%s cannot be read".formatted(this.queue), ex);
		}
	}

	// It ends if its producers say so.
	@Override
	public boolean ends() {
		return true;
	}

}
