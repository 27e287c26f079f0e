package io.pubsub.folder;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Somebody who fills a folder and says when that is done. Until then, its consumers wait
 * for more; if it fails or dies, they stop with an
 * {@link io.pubsub.source.UpstreamFailedException}.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class Producer {

	private final Producers producers;

	private final Producers.Announcement announcement;

	private final Runnable told;

	private boolean ended;

	Producer(Producers producers, Producers.Announcement announcement, Runnable told) {
		this.producers = producers;
		this.announcement = announcement;
		this.told = told;
	}

	/**
	 * Says that nothing more comes from this producer. The first call of this or of
	 * {@link #fail(String)} counts.
	 * @throws UncheckedIOException if that cannot be written to the folder
	 */
	public void close() {
		end(Producers.State.CLOSED, "");
	}

	/**
	 * Says that what should come from this producer will not.
	 * @param reason the reason, for people
	 * @throws UncheckedIOException if that cannot be written to the folder
	 */
	public void fail(String reason) {
		end(Producers.State.FAILED, reason);
	}

	private synchronized void end(Producers.State state, String reason) {
		if (this.ended) {
			return;
		}
		try {
			this.producers.end(this.announcement, state, reason);
			this.ended = true;
			this.told.run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"The end of producer %s cannot be written".formatted(this.announcement.producer()), ex);
		}
	}

	@Override
	public String toString() {
		return "Producer[" + this.announcement.producer() + "]";
	}

}
