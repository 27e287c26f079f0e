package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * How often files were tried, and when they may be tried again, kept beside them: in a
 * file for each that has failed.
 *
 * @param folder the folder of these
 * @param time the time
 */
record Attempts(Path folder, Timekeeper time) {

	// A clock that was set back must not keep a file for ever.
	private static final Duration LONGEST_DELAY = Duration.ofHours(12);

	/**
	 * What is known of a file.
	 * @param name the name of the file
	 * @param version the file: what was kept of another one with this name does not count
	 * @return the attempts; {@code null} if it has not failed
	 * @throws IOException if that cannot be read
	 */
	@Nullable Tried of(String name, FileVersion version) throws IOException {
		Path file = this.folder.resolve(name);
		Tried tried = Files.exists(file) ? ControlFiles.read(file, Tried.class) : null;
		return (tried != null && tried.modified() == version.modified().toEpochMilli()) ? tried : null;
	}

	/**
	 * Keeps what is known of a file.
	 * @param name the name of the file
	 * @param version the file
	 * @param count the number of times that it was tried
	 * @param delay the time after which it may be tried again
	 * @param reason the reason why it has failed the last time, for people
	 * @throws IOException if that cannot be written
	 */
	void keep(String name, FileVersion version, int count, Duration delay, String reason) throws IOException {
		// No delay is none on any clock.
		long due = delay.isZero() ? 0 : this.time.now().plus(delay).toEpochMilli();
		ControlFiles.write(this.folder.resolve(name), new Tried(count, version.modified().toEpochMilli(), due, reason));
	}

	void forget(String name) throws IOException {
		Files.deleteIfExists(this.folder.resolve(name));
	}

	/**
	 * How long a file has to wait.
	 * @param tried the attempts at it
	 * @return the time, zero if it may be tried now
	 */
	Duration delay(Tried tried) {
		Duration delay = Duration.ofMillis(tried.due() - this.time.now().toEpochMilli());
		return (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) ? Duration.ZERO : delay;
	}

	/**
	 * What is known of a file that has failed.
	 *
	 * @param count the number of times that it was tried
	 * @param modified the time of the last change of the file, in milliseconds
	 * @param due the time at which it may be tried again, in milliseconds
	 * @param reason the reason why it has failed the last time, for people
	 */
	record Tried(int count, long modified, long due, String reason) {

	}

}
