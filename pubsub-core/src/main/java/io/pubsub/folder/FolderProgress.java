package io.pubsub.folder;

import java.util.function.LongConsumer;

import io.pubsub.internal.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * How far a folder is worked off, by all who do so, as its looks tell to a person at a
 * terminal.
 * <p>
 * Not safe for use by many threads.
 */
final class FolderProgress implements LongConsumer {

	private final @Nullable ProgressBar bar;

	private long left;

	private long total;

	/**
	 * Makes the progress of a folder where nothing was ever left.
	 * @param bar the bar; {@code null} if nobody looks at it
	 */
	FolderProgress(@Nullable ProgressBar bar) {
		this.bar = bar;
	}

	/**
	 * The folder was looked at.
	 * @param now the number of files that are left; more than before have come meanwhile
	 */
	@Override
	public void accept(long now) {
		this.total += Math.max(now - this.left, 0);
		this.left = now;
		if (this.bar != null && this.total > 0) {
			this.bar.at(this.total - now, this.total);
		}
		if (now == 0) {
			this.total = 0;
		}
	}

}
