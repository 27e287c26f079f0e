package io.pubsub.jdbc.queue;

/**
 * Thrown when queues, or an outbox, cannot be kept in a database of this kind.
 *
 * @since 0.1.0
 */
public final class UnsupportedDatabaseException extends IllegalArgumentException {

	private final String database;

	UnsupportedDatabaseException(String database) {
		this("Queues can be kept in PostgreSQL, H2 and SQLite, not in " + database, database);
	}

	private UnsupportedDatabaseException(String message, String database) {
		super(message);
		this.database = database;
	}

	static UnsupportedDatabaseException ofOutbox(String database) {
		return new UnsupportedDatabaseException(
				"An outbox can be kept in PostgreSQL and H2, not in %s, which has one".formatted(database)
						+ " transaction at a time: the relay would hold up those of the application",
				database);
	}

	/**
	 * The database.
	 * @return the name that it gives to itself
	 */
	public String database() {
		return this.database;
	}

}
