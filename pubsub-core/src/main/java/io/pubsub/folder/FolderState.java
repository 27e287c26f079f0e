package io.pubsub.folder;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How a folder stands.
 *
 * @param waiting the files that wait, by name
 * @param atWork the files that somebody has, by name
 * @param done the number of finished files that are kept; {@code null} if they are
 * deleted
 * @param dead the files that were given up, by name
 * @param incomplete the groups that are not complete, by key
 * @param stray the waiting files that complete no group, by name
 * @param producers the announced producers, by name
 * @since 0.1.0
 */
public record FolderState(List<Waiting> waiting, List<AtWork> atWork, @Nullable Integer done, List<Dead> dead,
		List<Incomplete> incomplete, List<String> stray, List<Announced> producers) {

	public FolderState {
		waiting = List.copyOf(waiting);
		atWork = List.copyOf(atWork);
		dead = List.copyOf(dead);
		incomplete = List.copyOf(incomplete);
		stray = List.copyOf(stray);
		producers = List.copyOf(producers);
	}

	/**
	 * A file that waits.
	 *
	 * @param name its name
	 * @param size its size in bytes
	 * @param attempts the number of times that it was tried
	 * @param due the time at which it is tried again, if it has to wait for that
	 * @param reason the reason why it has failed the last time, for people, if it has
	 */
	public record Waiting(String name, long size, int attempts, @Nullable Instant due, @Nullable String reason) {

	}

	/**
	 * A file that somebody has.
	 *
	 * @param name its own name
	 * @param consumer the consumer that has it
	 * @param since the time of the claim, if the file system knows
	 * @param lastSign the time of the last sign of life of the consumer, if there is one
	 */
	public record AtWork(String name, String consumer, @Nullable Instant since, @Nullable Instant lastSign) {

	}

	/**
	 * A file that was given up.
	 *
	 * @param name its name
	 * @param reason the reason, for people, if it is known
	 */
	public record Dead(String name, @Nullable String reason) {

	}

	/**
	 * A group that waits for more files.
	 *
	 * @param key its key
	 * @param items the items that are there
	 * @param missing the items that are missing
	 */
	public record Incomplete(String key, List<String> items, List<String> missing) {

		public Incomplete {
			items = List.copyOf(items);
			missing = List.copyOf(missing);
		}

	}

	/**
	 * A producer.
	 *
	 * @param name its name
	 * @param state {@code open}, {@code closed} or {@code failed}
	 * @param reason why it has failed, empty if it has not
	 */
	public record Announced(String name, String state, String reason) {

	}

}
