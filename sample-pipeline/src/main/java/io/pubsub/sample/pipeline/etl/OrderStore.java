package io.pubsub.sample.pipeline.etl;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The orders in the database, and the files that they are from. A file is known by the
 * digest of its content: the same content is never there twice, whatever its name is.
 */
@Component
class OrderStore {

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	OrderStore(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
		this.client = JdbcClient.create(jdbc);
	}

	/**
	 * Finds the file that had a content.
	 * @param digest the digest of the content
	 * @return the name of the file; {@code null} if none had it
	 */
	@Nullable String nameOf(String digest) {
		return this.client.sql("select name from loaded_file where digest = ?")
			.param(digest)
			.query(String.class)
			.optional()
			.orElse(null);
	}

	/**
	 * Adds a file, before its orders. Whoever adds the same one at the same time waits
	 * for the end of this transaction.
	 * @param digest the digest of its content
	 * @param file the file
	 */
	void add(String digest, LoadedFile file) {
		this.jdbc.update(
				"insert into loaded_file (digest, name, loaded, rejected, attempt, process) values (?, ?, ?, ?, ?, ?)",
				digest, file.name(), file.loaded(), file.rejected(), file.attempt(), file.process());
	}

	void addOrders(String digest, List<Order> orders) {
		this.jdbc.batchUpdate(
				"insert into orders (digest, line, number, customer, amount, placed) values (?, ?, ?, ?, ?, ?)",
				orders.stream()
					.map((order) -> new Object[] { digest, order.line(), order.number(), order.customer(),
							order.amount(), order.placed() })
					.toList());
	}

	void finish(String digest, int loaded, int rejected) {
		this.jdbc.update("update loaded_file set loaded = ?, rejected = ? where digest = ?", loaded, rejected, digest);
	}

	List<LoadedFile> files() {
		return this.client
			.sql("select name, loaded, rejected, attempt, process from loaded_file order by loaded_at, name")
			.query(new DataClassRowMapper<>(LoadedFile.class))
			.list();
	}

	/**
	 * The number of the orders.
	 * @return all of them
	 */
	long orders() {
		return this.client.sql("select count(*) from orders").query(Long.class).single();
	}

	/**
	 * The number of different orders.
	 * @return those with different numbers
	 */
	long differentOrders() {
		return this.client.sql("select count(distinct number) from orders").query(Long.class).single();
	}

}
