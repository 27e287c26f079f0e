package io.pubsub.benchmarks.consume;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * The place where all contenders write how many lines an object has. Safe for use by many
 * threads.
 */
@FunctionalInterface
public interface LineCounts {

	/**
	 * Write the number of lines of an object.
	 * @param key the key of the object, decoded
	 * @param lines the number of its lines
	 */
	void write(String key, long lines);

	/**
	 * Count the lines of an object and write their number, for contenders that leave
	 * decompression to the user.
	 * @param key the key of the object, decoded
	 * @param stored the object as it is stored, closed here
	 * @throws IOException if it cannot be read
	 */
	default void count(String key, InputStream stored) throws IOException {
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(stored), StandardCharsets.UTF_8))) {
			write(key, lines.lines().count());
		}
	}

}
