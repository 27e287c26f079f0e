package io.pubsub.autoconfigure.internal;

import java.net.URI;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The address of an input that ends: {@code stdin:} or {@code file:<path>}. Only these
 * schemes are, whatever else may be the name of a file.
 */
public final class InputAddress {

	/**
	 * The address of the standard input.
	 */
	public static final String STDIN = "stdin:";

	private static final String FILE = "file:";

	private static final String STREAM = "kinesis:";

	private static final String FOLDER = "folder:";

	private static final String TABLE = "jdbc:";

	private static final String SQLITE = "sqlite:";

	// A line or a record has no queue with a redrive policy behind it.
	private static final Integer ATTEMPTS = 5;

	private InputAddress() {
	}

	/**
	 * Tells whether a source is an input that ends.
	 * @param source the configured source, if there is one
	 * @return whether it is the standard input or a file
	 */
	public static boolean isInput(@Nullable String source) {
		return source != null && (source.equals(STDIN) || source.startsWith(FILE));
	}

	/**
	 * Tells whether an address is that of a Kinesis stream.
	 * @param address the address, if there is one
	 * @return whether it is
	 */
	public static boolean isStream(@Nullable String address) {
		return address != null && address.startsWith(STREAM);
	}

	/**
	 * Tells whether an address is that of a folder.
	 * @param address the address, if there is one
	 * @return whether it is
	 */
	public static boolean isFolder(@Nullable String address) {
		return address != null && address.startsWith(FOLDER);
	}

	/**
	 * Tells whether an address is that of a durable queue in a database.
	 * @param address the address, if there is one
	 * @return whether it is {@code jdbc:<queue>} or {@code sqlite:<path>}
	 */
	public static boolean isTable(@Nullable String address) {
		return address != null && (address.startsWith(TABLE) || address.startsWith(SQLITE));
	}

	/**
	 * Returns the path of a file of SQLite.
	 * @param address the address of a durable queue in a database
	 * @return the path; {@code null} if the queue is in a database of the application
	 */
	public static @Nullable Path sqlitePath(String address) {
		return address.startsWith(SQLITE)
				? Path.of(place(address, SQLITE, "the path of a file, as in sqlite:orders.db")) : null;
	}

	/**
	 * Returns the name of a durable queue in a database of the application.
	 * @param address the address
	 * @return the name
	 */
	public static String tableQueue(String address) {
		return place(address, TABLE, "the name of a queue, as in jdbc:orders");
	}

	private static String place(String address, String scheme, String needed) {
		String place = address.substring(scheme.length());
		if (place.isBlank()) {
			throw new IllegalArgumentException("The address %s needs %s".formatted(scheme, needed));
		}
		return place;
	}

	/**
	 * Tells whether a source is a queue.
	 * @param source the configured source, if there is one
	 * @return whether it is, as whatever is neither an input that ends nor a stream, a
	 * folder or a queue in a database
	 */
	public static boolean isQueue(@Nullable String source) {
		return source != null && !isInput(source) && !isStream(source) && !isFolder(source) && !isTable(source);
	}

	/**
	 * Returns after how many deliveries a message is given up.
	 * @param source the configured source, if there is one
	 * @param configured the configured number, if there is one
	 * @return the number; {@code null} if that is left to the queue
	 */
	public static @Nullable Integer maxAttempts(@Nullable String source, @Nullable Integer configured) {
		return (configured == null && (isInput(source) || isStream(source))) ? ATTEMPTS : configured;
	}

	/**
	 * Returns the path of a file.
	 * @param source the address of the file
	 * @return the path
	 * @throws IllegalArgumentException if the address has none
	 */
	public static Path path(String source) {
		String path = source.substring(FILE.length());
		if (path.isBlank()) {
			throw new IllegalArgumentException("The address file: needs the path of a file, as in file:orders.jsonl");
		}
		return path.startsWith("//") ? Path.of(URI.create(source)) : Path.of(path);
	}

}
