package io.pubsub.folder;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The name of a file while it is claimed: its own name, and who has it.
 *
 * @param original the name of the file when nobody has it
 * @param consumer the consumer that has it
 * @param token the token of the claim, the same for all files of a group
 * @param stage the stage of the claim, which counts in the name of its leader
 */
record ClaimName(String original, String consumer, String token, Stage stage) {

	private static final Pattern NAME = Pattern
		.compile("(.+)\\.([A-Za-z0-9_-]{1,60})\\.([0-9a-f]{8})\\.(wip|done|dead)", Pattern.DOTALL);

	private static final int ORIGINAL = 1;

	private static final int CONSUMER = 2;

	private static final int TOKEN = 3;

	private static final int STAGE = 4;

	/**
	 * Reads a name.
	 * @param name the name of a file
	 * @return its parts; {@code null} if this is not the name of a claimed file
	 */
	static @Nullable ClaimName parse(String name) {
		Matcher matcher = NAME.matcher(name);
		return matcher.matches() ? new ClaimName(matcher.group(ORIGINAL), matcher.group(CONSUMER), matcher.group(TOKEN),
				Stage.valueOf(matcher.group(STAGE).toUpperCase(Locale.ROOT))) : null;
	}

	ClaimName at(Stage stage) {
		return new ClaimName(this.original, this.consumer, this.token, stage);
	}

	ClaimName takenOver(String consumer, String token) {
		return new ClaimName(this.original, consumer, token, this.stage);
	}

	@Override
	public String toString() {
		return this.original + "." + this.consumer + "." + this.token + "."
				+ this.stage.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * How far a claim is. From the second stage on it never goes back, whoever brings it
	 * to its end.
	 */
	enum Stage {

		/** Somebody works on it. */
		WIP,

		/** All of it is done with, but not all of it has left the folder. */
		DONE,

		/** All of it is given up, but not all of it has left the folder. */
		DEAD

	}

}
