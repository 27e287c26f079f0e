package io.pubsub.jdbc.idempotency;

/**
 * Thrown when a table cannot be read, most often because nobody has created it.
 *
 * @since 0.1.0
 */
public final class TableUnreadableException extends IllegalStateException {

	private final String script;

	/**
	 * Creates the exception.
	 * @param table the name of the table
	 * @param script the location of the script that creates the table, for a resource
	 * loader of Spring
	 * @param cause the failure to read the table
	 */
	public TableUnreadableException(String table, String script, Throwable cause) {
		super("The table %s cannot be read: create it with %s".formatted(table, script), cause);
		this.script = script;
	}

	/**
	 * Returns the location of the script that creates the table.
	 * @return the location, for a resource loader of Spring
	 */
	public String script() {
		return this.script;
	}

}
