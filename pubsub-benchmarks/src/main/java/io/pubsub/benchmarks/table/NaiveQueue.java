package io.pubsub.benchmarks.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

/**
 * A table and a loop that takes one row at a time, with a transaction for each. Who dies
 * loses nothing, but nothing else is there: no order, no retry, no lease.
 */
final class NaiveQueue implements TableQueue {

	private static final long PAUSE_NANOS = 1_000_000;

	private final DataSource database;

	private final boolean server;

	NaiveQueue(DataSource database, boolean server) {
		this.database = database;
		this.server = server;
		try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE IF NOT EXISTS naive (id %s, body TEXT NOT NULL)"
				.formatted(server ? "BIGSERIAL PRIMARY KEY" : "INTEGER PRIMARY KEY AUTOINCREMENT"));
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The table cannot be created", ex);
		}
	}

	@Override
	public void put(List<String> bodies) {
		try (Connection connection = this.database.getConnection();
				PreparedStatement insert = connection.prepareStatement("INSERT INTO naive (body) VALUES (?)")) {
			for (String body : bodies) {
				insert.setString(1, body);
				insert.executeUpdate();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The messages cannot be put", ex);
		}
	}

	@Override
	public void workOff() {
		Thread thread = new Thread(this::loop, "naive");
		thread.setDaemon(true);
		thread.start();
	}

	private void loop() {
		String rest = this.server ? " FOR UPDATE SKIP LOCKED" : "";
		try (Connection connection = this.database.getConnection();
				PreparedStatement select = connection
					.prepareStatement("SELECT id, body FROM naive ORDER BY id LIMIT 1" + rest);
				PreparedStatement delete = connection.prepareStatement("DELETE FROM naive WHERE id = ?")) {
			while (true) {
				// In SQLite, it has the lock from here on.
				connection.setAutoCommit(false);
				boolean taken = takeOne(select, delete);
				connection.setAutoCommit(true);
				if (!taken) {
					LockSupport.parkNanos(PAUSE_NANOS);
				}
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The messages cannot be worked off", ex);
		}
	}

	private static boolean takeOne(PreparedStatement select, PreparedStatement delete) throws SQLException {
		try (ResultSet rows = select.executeQuery()) {
			if (!rows.next()) {
				return false;
			}
			delete.setLong(1, rows.getLong(1));
		}
		delete.executeUpdate();
		return true;
	}

	@Override
	public long left() {
		try (Connection connection = this.database.getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM naive")) {
			return rows.next() ? rows.getLong(1) : 0;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The messages cannot be counted", ex);
		}
	}

}
