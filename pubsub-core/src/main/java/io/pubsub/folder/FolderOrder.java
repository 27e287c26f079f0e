package io.pubsub.folder;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The order in which the files of a folder are taken.
 *
 * @since 0.1.0
 */
public enum FolderOrder {

	/** By name. */
	NAME {

		@Override
		String textOf(String name, FileVersion version) {
			return name;
		}

	},

	/** By name, with the numbers in it by their values: 2.tsv comes before 10.tsv. */
	NUMBER {

		@Override
		String textOf(String name, FileVersion version) {
			// Of two numbers without zeros before them, the longer one is the larger one.
			return NUMBERS.matcher(name)
				.replaceAll((number) -> "%03d%s".formatted(number.group(1).length(), number.group(1)));
		}

	},

	/** By the time of the last change, the oldest first. */
	MODIFIED {

		@Override
		String textOf(String name, FileVersion version) {
			Instant modified = version.modified();
			// With the bias of its sign, a number sorts as its hexadecimal text does.
			return "%016x%08x".formatted(modified.getEpochSecond() ^ Long.MIN_VALUE, modified.getNano());
		}

	};

	private static final Pattern NUMBERS = Pattern.compile("0*([0-9]+)");

	/**
	 * The text by which a file is sorted.
	 * @param name the name of the file
	 * @param version the file
	 * @return the text
	 */
	abstract String textOf(String name, FileVersion version);

}
