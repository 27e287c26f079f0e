package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.pubsub.source.UpstreamFailedException;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * Who fills the folder, as its files tell: one for each producer, and one for each
 * announcement of a producer whose end the consumers have seen.
 *
 * @param layout the folders
 * @param time the time
 */
record Producers(FolderLayout layout, Timekeeper time) {

	Announcement announce(String producer, String consumer) throws IOException {
		Announcement announcement = new Announcement(producer, UUID.randomUUID().toString(), consumer, State.OPEN, "",
				this.time.now().toString());
		write(announcement);
		return announcement;
	}

	private void write(Announcement announcement) throws IOException {
		ControlFiles.write(this.layout.producers().resolve(announcement.producer()), announcement);
	}

	/**
	 * Says how a producer has ended, unless it was announced again.
	 * @param announcement the announcement
	 * @param state the state in which it has ended
	 * @param reason the reason, for people
	 * @throws IOException if that cannot be written
	 */
	void end(Announcement announcement, State state, String reason) throws IOException {
		Announcement now = read(announcement.producer());
		if (now == null || now.token().equals(announcement.token())) {
			write(new Announcement(announcement.producer(), announcement.token(), announcement.consumer(), state,
					reason, this.time.now().toString()));
		}
	}

	private @Nullable Announcement read(String producer) throws IOException {
		return ControlFiles.read(this.layout.producers().resolve(producer), Announcement.class);
	}

	List<Announcement> all() throws IOException {
		List<Announcement> all = new ArrayList<>();
		for (String name : FolderLayout.names(this.layout.producers())) {
			Announcement announcement = name.startsWith(".") ? null : read(name);
			if (announcement != null) {
				all.add(announcement);
			}
		}
		return all;
	}

	/**
	 * The announcements whose end was seen by consumers.
	 * @return their tokens
	 * @throws IOException if they cannot be read
	 */
	List<String> ended() throws IOException {
		return FolderLayout.names(this.layout.ended());
	}

	/**
	 * Says that consumers have seen the end of an announcement: those that start from now
	 * on take no notice of it.
	 * @param announcement the announcement
	 * @throws IOException if that cannot be written
	 */
	void see(Announcement announcement) throws IOException {
		Path file = this.layout.ended().resolve(announcement.token());
		if (!Files.exists(file)) {
			ControlFiles.write(file, announcement);
		}
	}

	/**
	 * How a producer stands.
	 */
	enum State {

		/** More may come. */
		OPEN,

		/** Nothing more comes. */
		CLOSED,

		/** What should come will not. */
		FAILED

	}

	/**
	 * What a producer has said.
	 *
	 * @param producer the name of the producer
	 * @param token the token of this announcement, of which there may be one in every run
	 * @param consumer the name under which its process has a heartbeat
	 * @param state the state of it now
	 * @param reason why it has failed, for people
	 * @param at the time, for people
	 */
	record Announcement(String producer, String token, String consumer, State state, String reason, String at) {

		UpstreamFailedException failure(Path queue) {
			return new UpstreamFailedException(queue.toString(), this.producer, this.reason);
		}

	}

}
