package io.pubsub.jdbc.queue;

import java.time.Clock;
import java.util.Collection;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/**
 * Statements on one queue. In their text, {@code :queue} is its name and {@code :now} the
 * time, by the database's clock if that counts.
 */
final class Sql {

	private final NamedParameterJdbcTemplate jdbc;

	private final Dialect dialect;

	private final String queue;

	private final Clock clock;

	Sql(DataSource dataSource, Dialect dialect, String queue, Clock clock) {
		this.jdbc = new NamedParameterJdbcTemplate(dataSource);
		this.dialect = dialect;
		this.queue = queue;
		this.clock = clock;
	}

	Dialect dialect() {
		return this.dialect;
	}

	String queue() {
		return this.queue;
	}

	MapSqlParameterSource parameters() {
		MapSqlParameterSource parameters = new MapSqlParameterSource("queue", this.queue);
		if (this.dialect.now() == null) {
			parameters.addValue("now", this.clock.millis());
		}
		return parameters;
	}

	<T> List<T> query(String statement, MapSqlParameterSource parameters, RowMapper<T> mapper) {
		return this.jdbc.query(text(statement), parameters, mapper);
	}

	<T> @Nullable T first(String statement, MapSqlParameterSource parameters, RowMapper<T> mapper) {
		List<T> rows = query(statement, parameters, mapper);
		return rows.isEmpty() ? null : rows.get(0);
	}

	int update(String statement, MapSqlParameterSource parameters) {
		return this.jdbc.update(text(statement), parameters);
	}

	/**
	 * Carries out a statement several times.
	 * @param statement the text of the statement
	 * @param parameters the parameters of each time
	 * @return the number of rows of each time
	 */
	int[] batch(String statement, Collection<MapSqlParameterSource> parameters) {
		if (parameters.isEmpty()) {
			return new int[0];
		}
		return this.jdbc.batchUpdate(text(statement), parameters.toArray(MapSqlParameterSource[]::new));
	}

	private String text(String statement) {
		String now = this.dialect.now();
		return (now != null) ? statement.replace(":now", now) : statement;
	}

}
