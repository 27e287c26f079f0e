package io.pubsub.jdbc.queue;

/**
 * Thrown when queues cannot be kept in a database of this kind.
 *
 * @since 0.1.0
 */
public final class UnsupportedDatabaseException extends IllegalArgumentException {

	private final String database;

	UnsupportedDatabaseException(String database) {
		super("Queues can be kept in PostgreSQL, H2 and SQLite, not in " + database);
		this.database = database;
	}

	/**
	 * The database.
	 * @return the name that it gives to itself
	 */
	public String database() {
		return this.database;
	}

}
