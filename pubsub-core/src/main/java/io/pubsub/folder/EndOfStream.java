package io.pubsub.folder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.pubsub.folder.Producers.Announcement;
import io.pubsub.folder.Producers.State;
import io.pubsub.source.UpstreamFailedException;

/**
 * The end of what producers put into the folder, for one who consumes it. An end that was
 * seen by others before the consumer began is that of an earlier run, and counts no more.
 * <p>
 * Not safe for use by many threads.
 */
final class EndOfStream {

	private final FolderLayout layout;

	private final Producers producers;

	private final Consumers consumers;

	private final String self;

	private final Runnable lookAgain;

	private final Set<String> earlier;

	private Set<String> seenClosed = Set.of();

	/**
	 * Makes the end for a consumer that begins now.
	 * @param layout the folders
	 * @param producers the producers
	 * @param consumers the users of the folder
	 * @param self the name of this one
	 * @param lookAgain lets what was found out about the folder before count no more
	 * @throws IOException if the ends of earlier runs cannot be read
	 */
	EndOfStream(FolderLayout layout, Producers producers, Consumers consumers, String self, Runnable lookAgain)
			throws IOException {
		this.layout = layout;
		this.producers = producers;
		this.consumers = consumers;
		this.self = self;
		this.lookAgain = lookAgain;
		this.earlier = new HashSet<>(producers.ended());
	}

	/**
	 * Whether nothing more comes.
	 * @param workedOff whether nothing is left in the folder
	 * @return {@code true} if all who were announced have closed, and nothing is left
	 * @throws UpstreamFailedException if one of them has failed, or has died
	 * @throws IOException if that cannot be found out
	 */
	boolean isReached(boolean workedOff) throws IOException {
		List<Announcement> closed = new ArrayList<>();
		boolean open = false;
		for (Announcement announcement : this.producers.all()) {
			if (this.earlier.contains(announcement.token())) {
				continue;
			}
			switch (announcement.state()) {
				case FAILED -> throw failed(announcement);
				case CLOSED -> closed.add(announcement);
				case OPEN -> open |= isOpen(announcement);
			}
		}
		if (open || closed.isEmpty() || isNews(closed) || !workedOff) {
			return false;
		}
		for (Announcement announcement : closed) {
			this.producers.see(announcement);
		}
		return true;
	}

	// What they have put since the last look would be overlooked.
	private boolean isNews(List<Announcement> closed) {
		Set<String> tokens = closed.stream().map(Announcement::token).collect(Collectors.toSet());
		if (tokens.equals(this.seenClosed)) {
			return false;
		}
		this.seenClosed = tokens;
		this.lookAgain.run();
		return true;
	}

	// One that was never seen alive was left open by an earlier run.
	private boolean isOpen(Announcement announcement) throws IOException {
		if (announcement.consumer().equals(this.self)) {
			return true;
		}
		Consumers.Life life = this.consumers.of(announcement.consumer());
		if (life == Consumers.Life.DIED) {
			throw failed(new Announcement(announcement.producer(), announcement.token(), announcement.consumer(),
					State.FAILED, "its process died before it said that it was done", announcement.at()));
		}
		return life != Consumers.Life.DEAD;
	}

	private UpstreamFailedException failed(Announcement announcement) throws IOException {
		this.producers.see(announcement);
		return announcement.failure(this.layout.root());
	}

}
