package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * Settles what is claimed. Whoever does not have the last token changes nothing.
 */
final class SettleStatements {

	private final Sql sql;

	private final GroupLocks locks;

	private final Duration kept;

	private final Duration window;

	/**
	 * Makes the statements.
	 * @param sql the queue
	 * @param locks the locks of its groups
	 * @param kept the time for which what is done is kept
	 * @param window the time for which it is kept at least if it has a deduplication id
	 */
	SettleStatements(Sql sql, GroupLocks locks, Duration kept, Duration window) {
		this.sql = sql;
		this.locks = locks;
		this.kept = kept;
		this.window = window;
	}

	/**
	 * Settles claims, within a transaction.
	 * @param endings the endings
	 * @return the accepted settlements
	 */
	Settled settle(List<Ending> endings) {
		Set<String> groups = groups(endings);
		this.locks.lock(groups);
		// In the same order for everybody, so that no two wait for each other.
		List<Ending> ordered = endings.stream()
			.sorted(Comparator.comparingLong((ending) -> ending.claim().row()))
			.toList();
		Set<Claim> accepted = new HashSet<>();
		delete(ordered.stream().filter((ending) -> isDone(ending) && keep(ending.claim()).isZero()).toList(), accepted);
		keep(ordered.stream().filter((ending) -> isDone(ending) && !keep(ending.claim()).isZero()).toList(), accepted);
		giveBack(ordered.stream().filter((ending) -> ending.kind().isTriedAgain()).toList(), accepted);
		park(ordered.stream().filter((ending) -> ending.kind() == Ending.Kind.PARK).toList(), accepted);
		List<Claim> refused = ordered.stream().map(Ending::claim).filter((claim) -> !accepted.contains(claim)).toList();
		return new Settled(refused, promote(groups) > 0);
	}

	// One that goes back may have an older one behind it, which was committed late.
	private static Set<String> groups(List<Ending> endings) {
		Set<String> groups = new TreeSet<>();
		endings.forEach((ending) -> Groups.of(ending.claim().message()).forEach(groups::add));
		return groups;
	}

	private static boolean isDone(Ending ending) {
		return ending.kind() == Ending.Kind.DONE;
	}

	private Duration keep(Claim claim) {
		boolean longer = claim.deduplicationId() != null && this.window.compareTo(this.kept) > 0;
		return longer ? this.window : this.kept;
	}

	private void delete(List<Ending> endings, Set<Claim> accepted) {
		settle("DELETE FROM pubsub_message WHERE id = :id AND token = :token", endings, this::parameters, accepted);
	}

	private void keep(List<Ending> endings, Set<Claim> accepted) {
		settle("UPDATE pubsub_message SET state = 'DONE', token = NULL,"
				+ " available_at = CAST(:now AS BIGINT) + :kept WHERE id = :id AND token = :token", endings,
				(ending) -> parameters(ending).addValue("kept", keep(ending.claim()).toMillis()), accepted);
	}

	private void giveBack(List<Ending> endings, Set<Claim> accepted) {
		settle("UPDATE pubsub_message SET state = 'READY', token = NULL, owner = NULL, attempts = attempts - :untried,"
				+ " available_at = CAST(:now AS BIGINT) + :delay WHERE id = :id AND token = :token", endings,
				(ending) -> parameters(ending).addValue("delay", ending.delay().toMillis())
					.addValue("untried", (ending.kind() != Ending.Kind.UNTRIED) ? 0 : 1),
				accepted);
	}

	private void park(List<Ending> endings, Set<Claim> accepted) {
		settle("UPDATE pubsub_message SET state = 'PARKED', token = NULL, owner = NULL, reason = :reason,"
				+ " available_at = :now WHERE id = :id AND token = :token", endings,
				(ending) -> parameters(ending).addValue("reason", Reasons.cut(ending.reason())), accepted);
	}

	private MapSqlParameterSource parameters(Ending ending) {
		return this.sql.parameters().addValue("id", ending.claim().row()).addValue("token", ending.claim().token());
	}

	private void settle(String statement, List<Ending> endings, Function<Ending, MapSqlParameterSource> parameters,
			Set<Claim> accepted) {
		int[] settled = this.sql.batch(statement, endings.stream().map(parameters).toList());
		for (int i = 0; i < settled.length; i++) {
			if (settled[i] > 0) {
				accepted.add(endings.get(i).claim());
			}
		}
	}

	/**
	 * Lets the next ones of groups follow, which must be locked. One too many does no
	 * harm: a claim looks again.
	 * @param groups the groups
	 * @return the number of messages that may follow
	 */
	int promote(Set<String> groups) {
		int[] promoted = this.sql.batch(
				"UPDATE pubsub_message SET state = 'READY' WHERE id = (SELECT MIN(next.id)"
						+ " FROM pubsub_message next WHERE next.queue = :queue AND next.group_id = :group"
						+ " AND next.state = 'BEHIND')",
				groups.stream().map((group) -> this.sql.parameters().addValue("group", group)).toList());
		int sum = 0;
		for (int rows : promoted) {
			sum += rows;
		}
		return sum;
	}

	/**
	 * What came of a settlement.
	 *
	 * @param refused the claims that are somebody else's by now
	 * @param promoted whether something may be claimed that waited behind
	 */
	record Settled(List<Claim> refused, boolean promoted) {

	}

}
