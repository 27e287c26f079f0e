package io.pubsub.jdbc.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * Claims messages, and extends claims.
 * <p>
 * What may be claimed is told by its state, never by how far others have come: ids are
 * given before a transaction is committed. Of a group, only the oldest message that is
 * not done with may be claimed. Those that wait for it are marked when they are met, so
 * that no later claim meets them again.
 */
final class ClaimStatements {

	private final Sql sql;

	private final GroupLocks locks;

	private final Ownership ownership;

	ClaimStatements(Sql sql, GroupLocks locks, Ownership ownership) {
		this.sql = sql;
		this.locks = locks;
		this.ownership = ownership;
	}

	/**
	 * Claims messages, within a transaction.
	 * @param most the largest number
	 * @param window the number of messages to look at
	 * @param left the addresses whose messages are left alone
	 * @return the claims
	 */
	Scan claim(int most, int window, Set<String> left) {
		this.locks.beginClaim();
		List<Candidate> due = due(window, left);
		boolean more = due.size() == window;
		List<Candidate> first = firstOfGroups(due);
		List<Candidate> chosen = first.subList(0, Math.min(most, first.size()));
		park(chosen.stream().filter(this::isUsedUp).toList());
		List<Claim> claims = take(chosen.stream().filter((candidate) -> !isUsedUp(candidate)).toList());
		return new Scan(claims, more);
	}

	// A claim that is lost in a crash of the database is made again.
	private List<Candidate> due(int window, Set<String> left) {
		return this.sql.query(
				"SELECT " + MessageRows.COLUMNS + this.sql.dialect().lazily() + " FROM pubsub_message"
						+ " WHERE queue = :queue AND state = 'READY' AND available_at <= :now"
						+ " AND NOT EXISTS (SELECT 1 FROM pubsub_queue WHERE name = :queue AND state = 'FAILED')"
						+ (left.isEmpty() ? "" : " AND address NOT IN (:left)")
						+ " ORDER BY available_at, id LIMIT :window" + this.sql.dialect().lockRows(),
				this.sql.parameters().addValue("window", window).addValue("left", left), Candidate::read);
	}

	private List<Candidate> firstOfGroups(List<Candidate> due) {
		Set<String> groups = due.stream()
			.flatMap((candidate) -> Groups.of(candidate.message()))
			.collect(Collectors.toSet());
		if (groups.isEmpty()) {
			return due;
		}
		Set<String> locked = this.locks.tryLock(groups);
		List<Candidate> candidates = due.stream().filter((candidate) -> candidate.isIn(locked)).toList();
		Set<Long> behind = behind(candidates);
		this.sql.batch("UPDATE pubsub_message SET state = 'BEHIND' WHERE id = :id AND state = 'READY'",
				behind.stream().map((row) -> this.sql.parameters().addValue("id", row)).toList());
		return candidates.stream().filter((candidate) -> !behind.contains(candidate.row())).toList();
	}

	// What others have done before the groups were locked is seen by a new statement
	// only.
	private Set<Long> behind(List<Candidate> candidates) {
		List<Long> grouped = candidates.stream()
			.filter((candidate) -> candidate.message().groupId() != null)
			.map(Candidate::row)
			.toList();
		if (grouped.isEmpty()) {
			return Set.of();
		}
		return new HashSet<>(this.sql.query(
				"SELECT m.id FROM pubsub_message m WHERE m.id IN (:rows)"
						+ " AND (EXISTS (SELECT 1 FROM pubsub_message older WHERE older.queue = :queue"
						+ " AND older.group_id = m.group_id AND older.id < m.id AND older.state IN ("
						+ this.ownership.holdingStates() + ")) OR EXISTS (SELECT 1 FROM pubsub_message taken"
						+ " WHERE taken.queue = :queue AND taken.group_id = m.group_id AND taken.state = 'TAKEN'))",
				this.sql.parameters().addValue("rows", grouped), (rows, number) -> rows.getLong(1)));
	}

	private boolean isUsedUp(Candidate candidate) {
		return candidate.attempts() >= this.ownership.maxAttempts();
	}

	// Whoever fails in its last attempt is parked then. These never came to say so.
	private void park(List<Candidate> candidates) {
		this.sql.batch(
				"UPDATE pubsub_message SET state = 'PARKED', token = NULL, owner = NULL, reason = :reason,"
						+ " available_at = :now WHERE id = :id",
				candidates.stream()
					.map((candidate) -> this.sql.parameters()
						.addValue("id", candidate.row())
						.addValue("reason", "none of %d attempts came to its end".formatted(candidate.attempts())))
					.toList());
	}

	// Nobody else can: they are locked.
	private List<Claim> take(List<Candidate> candidates) {
		if (candidates.isEmpty()) {
			return List.of();
		}
		String token = UUID.randomUUID().toString();
		int taken = this.sql.update(
				"UPDATE pubsub_message SET state = 'TAKEN', token = :token, owner = :owner,"
						+ " available_at = CAST(:now AS BIGINT) + :lease, attempts = attempts + 1"
						+ " WHERE id IN (:rows) AND state = 'READY'",
				lease(token).addValue("rows", candidates.stream().map(Candidate::row).toList()));
		if (taken != candidates.size()) {
			throw new CannotAcquireLockException(
					"%d of %d messages could be claimed, though all were locked".formatted(taken, candidates.size()));
		}
		return candidates.stream().map((candidate) -> candidate.claimed(token)).toList();
	}

	/**
	 * Extends claims.
	 * @param claims the claims
	 * @return those that are somebody else's by now
	 */
	List<Claim> renew(Collection<Claim> claims) {
		// In the same order for everybody, so that no two wait for each other.
		List<Claim> ordered = claims.stream().sorted(Comparator.comparingLong(Claim::row)).toList();
		int[] renewed = this.sql.batch(
				"UPDATE pubsub_message SET available_at = CAST(:now AS BIGINT) + :lease, owner = :owner"
						+ " WHERE id = :id AND token = :token AND state = 'TAKEN'",
				ordered.stream().map((claim) -> lease(claim.token()).addValue("id", claim.row())).toList());
		List<Claim> lost = new ArrayList<>();
		for (int i = 0; i < renewed.length; i++) {
			if (renewed[i] == 0) {
				lost.add(ordered.get(i));
			}
		}
		return lost;
	}

	private MapSqlParameterSource lease(String token) {
		return this.sql.parameters()
			.addValue("token", token)
			.addValue("owner", this.ownership.owner())
			.addValue("lease", this.ownership.lease().toMillis());
	}

	/**
	 * What the claims of a process have in common.
	 *
	 * @param owner the name of the process, for people
	 * @param lease the time for which a claim is kept
	 * @param maxAttempts the number of attempts after which a message is parked
	 * @param continuesAfterParked whether the next one of a group may follow when one is
	 * parked
	 */
	record Ownership(String owner, Duration lease, int maxAttempts, boolean continuesAfterParked) {

		String holdingStates() {
			return this.continuesAfterParked ? "'READY', 'TAKEN', 'BEHIND'" : "'READY', 'TAKEN', 'BEHIND', 'PARKED'";
		}

	}

	/**
	 * What came of a look at the queue.
	 *
	 * @param claims the claims
	 * @param more whether there may be more to look at
	 */
	record Scan(List<Claim> claims, boolean more) {

	}

	/**
	 * A message that is due.
	 *
	 * @param row the id of its row
	 * @param attempts the number of attempts that were made at it
	 * @param message the message
	 * @param address the address to publish it to, if it is one of an outbox
	 * @param mediaType its media type, if it is one of an outbox
	 * @param deduplicationId its deduplication id, if it has one
	 */
	private record Candidate(long row, int attempts, InboundMessage message, @Nullable String address,
			@Nullable String mediaType, @Nullable String deduplicationId) {

		static Candidate read(ResultSet rows, int number) throws SQLException {
			return new Candidate(rows.getLong("id"), rows.getInt("attempts"), MessageRows.message(rows, number),
					rows.getString("address"), rows.getString("media_type"), rows.getString("deduplication_id"));
		}

		boolean isIn(Set<String> groups) {
			String group = this.message.groupId();
			return group == null || groups.contains(group);
		}

		Claim claimed(String token) {
			return new Claim(this.row, token, this.attempts + 1, this.message, this.address, this.mediaType,
					this.deduplicationId);
		}

	}

}
