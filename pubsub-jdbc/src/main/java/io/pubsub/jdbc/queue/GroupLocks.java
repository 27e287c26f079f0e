package io.pubsub.jdbc.queue;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * Keeps transactions on the same group apart, so that each sees what the one before it
 * has done. A lock is held to the end of the transaction.
 */
final class GroupLocks {

	// What databases compute of a text may be the same for two: then they wait as one.
	private static final String KEY = "hashtextextended(CAST(:thing AS TEXT), hashtext(CAST(:queue AS TEXT)))";

	private final Sql sql;

	GroupLocks(Sql sql) {
		this.sql = sql;
	}

	/**
	 * Begins a transaction that claims.
	 */
	void beginClaim() {
		if (this.sql.dialect().locks() == Dialect.Locks.QUEUE) {
			lockQueue();
		}
	}

	/**
	 * Locks what can be locked without waiting.
	 * @param things the things, such as groups
	 * @return those that are locked
	 */
	Set<String> tryLock(Set<String> things) {
		if (this.sql.dialect().locks() != Dialect.Locks.ADVISORY) {
			return things;
		}
		return things.stream().filter(this::tryLock).collect(Collectors.toSet());
	}

	private boolean tryLock(String thing) {
		List<Boolean> locked = this.sql.query("SELECT pg_try_advisory_xact_lock(" + KEY + ")", parameters(thing),
				(rows, number) -> rows.getBoolean(1));
		return locked.get(0);
	}

	/**
	 * Locks all, and waits for it.
	 * @param things the things, such as groups
	 */
	void lock(Collection<String> things) {
		switch (this.sql.dialect().locks()) {
			// In the same order for everybody, so that no two wait for each other.
			case ADVISORY -> new TreeSet<>(things).forEach(this::lock);
			case QUEUE -> lockQueue(things);
			case DATABASE -> {
			}
		}
	}

	private void lock(String thing) {
		this.sql.query("SELECT pg_advisory_xact_lock(" + KEY + ")", parameters(thing), (rows, number) -> thing);
	}

	private void lockQueue(Collection<String> things) {
		if (!things.isEmpty()) {
			lockQueue();
		}
	}

	private void lockQueue() {
		this.sql.query("SELECT name FROM pubsub_queue WHERE name = :queue FOR UPDATE", this.sql.parameters(),
				(rows, number) -> rows.getString(1));
	}

	private MapSqlParameterSource parameters(String thing) {
		return this.sql.parameters().addValue("thing", thing);
	}

}
