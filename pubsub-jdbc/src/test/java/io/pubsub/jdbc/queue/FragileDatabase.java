package io.pubsub.jdbc.queue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database that counts what it is asked, and may be down for a while.
 */
final class FragileDatabase extends DelegatingDataSource {

	private final AtomicInteger commits = new AtomicInteger();

	private final AtomicInteger statements = new AtomicInteger();

	private volatile boolean down;

	FragileDatabase(DataSource database) {
		super(database);
	}

	void down(boolean down) {
		this.down = down;
	}

	void reset() {
		this.commits.set(0);
		this.statements.set(0);
	}

	int commits() {
		return this.commits.get();
	}

	int statements() {
		return this.statements.get();
	}

	@Override
	public Connection getConnection() throws SQLException {
		if (this.down) {
			throw new SQLTransientConnectionException("the database is down");
		}
		Connection connection = super.getConnection();
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					count(method.getName());
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private void count(String method) {
		switch (method) {
			case "commit" -> this.commits.incrementAndGet();
			case "prepareStatement", "createStatement" -> this.statements.incrementAndGet();
			default -> {
			}
		}
	}

}
