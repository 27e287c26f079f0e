package io.pubsub.jdbc.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import javax.sql.DataSource;

import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.NonTransientDataAccessException;

/**
 * A queue in its tables: each method is a transaction. Those who wait for messages in
 * this process are told when some may be claimed.
 * <p>
 * Safe for use by many threads.
 */
final class QueueStore {

	private static final Logger logger = LoggerFactory.getLogger(JdbcQueue.class);

	// More at once than a group whose oldest is at work should keep others waiting for.
	private static final int WIDE_WINDOW = 500;

	private static final int MOST_SCANS = 4;

	private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

	private final Sql sql;

	private final Transactions transactions;

	private final PutStatements puts;

	private final ClaimStatements claims;

	private final SettleStatements settlements;

	private final QueueStatements queue;

	private final TidyStatements tidying;

	private final GroupLocks locks;

	private final Duration window;

	private final String owner;

	/**
	 * Makes a store.
	 * @param dataSource the database
	 * @param dialect its dialect
	 * @param transactions the transactions
	 * @param queue the name of the queue
	 * @param rules the rules of the queue
	 * @param clock the clock of the process, for databases whose own does not count
	 */
	QueueStore(DataSource dataSource, Dialect dialect, Transactions transactions, String queue, Rules rules,
			Clock clock) {
		Sql sql = new Sql(dataSource, dialect, queue, clock);
		this.sql = sql;
		this.transactions = transactions;
		this.locks = new GroupLocks(sql);
		this.window = rules.window();
		this.owner = rules.ownership().owner();
		this.puts = new PutStatements(sql, this.locks, rules.window());
		this.claims = new ClaimStatements(sql, this.locks, rules.ownership());
		this.settlements = new SettleStatements(sql, this.locks, rules.kept(), rules.window());
		this.queue = new QueueStatements(sql);
		this.tidying = new TidyStatements(sql, rules.ownership().lease());
	}

	/**
	 * Checks the tables, and adds the queue if it is not there.
	 * @throws NonTransientDataAccessException if the tables cannot be read
	 */
	void open() {
		try {
			checkAndCreate();
		}
		catch (DuplicateKeyException ex) {
			logger.debug("Another process has added the queue at the same moment", ex);
			checkAndCreate();
		}
	}

	private void checkAndCreate() {
		this.transactions.own(() -> {
			this.queue.check();
			this.queue.create();
			return true;
		});
	}

	/**
	 * Listens for messages that this process makes available.
	 * @param listener the listener, quick and without blocking
	 * @return the end of listening
	 */
	Runnable listen(Runnable listener) {
		this.listeners.add(listener);
		return () -> this.listeners.remove(listener);
	}

	List<String> put(List<QueueMessage> messages) {
		return this.transactions.joined(() -> adding(() -> this.puts.put(messages)));
	}

	/**
	 * Puts messages in a transaction of their own.
	 * @param messages the messages
	 * @return their ids
	 */
	List<String> putAlone(List<QueueMessage> messages) {
		List<String> ids = this.transactions.own(() -> this.puts.put(messages));
		wake();
		return ids;
	}

	/**
	 * Adds messages to an outbox, in the transaction of the caller.
	 * @param messages the messages
	 * @throws ForeignTransactionException if the caller has none of this database
	 */
	void addToTransaction(List<OutboundMessage> messages) {
		this.transactions.callers(() -> adding(() -> this.puts.add(messages)));
	}

	/**
	 * Insists that the transaction of the caller is one of this database.
	 * @throws ForeignTransactionException if it is not
	 */
	void checkTransaction() {
		this.transactions.checkCallers();
	}

	/**
	 * Adds messages to an outbox, in a transaction of their own.
	 * @param messages the messages
	 * @return their ids, in the order of the list
	 */
	List<String> add(List<OutboundMessage> messages) {
		return this.transactions.own(() -> adding(() -> this.puts.add(messages)));
	}

	private List<String> adding(Supplier<List<String>> put) {
		List<String> ids = put.get();
		Transactions.afterCommit(this::wake);
		return ids;
	}

	private void wake() {
		this.listeners.forEach(Runnable::run);
	}

	private void wakeIf(boolean condition) {
		if (condition) {
			wake();
		}
	}

	/**
	 * Claims messages.
	 * @param most the largest number
	 * @return the claims, oldest first
	 */
	List<Claim> claim(int most) {
		return claim(most, Set.of());
	}

	/**
	 * Claims messages of an outbox.
	 * @param most the largest number
	 * @param left the addresses whose messages are left alone
	 * @return the claims, oldest first
	 */
	List<Claim> claim(int most, Set<String> left) {
		List<Claim> claimed = new ArrayList<>();
		int window = most;
		for (int i = 0; i < MOST_SCANS || claimed.isEmpty(); i++) {
			int rest = most - claimed.size();
			int looked = window;
			ClaimStatements.Scan scan = this.transactions.own(() -> this.claims.claim(rest, looked, left));
			claimed.addAll(scan.claims());
			if (!scan.more() || claimed.size() == most) {
				break;
			}
			window = Math.max(most, WIDE_WINDOW);
		}
		return claimed;
	}

	List<Claim> renew(Collection<Claim> claimed) {
		return this.transactions.own(() -> this.claims.renew(claimed));
	}

	/**
	 * Settles claims.
	 * @param endings the endings
	 * @return the claims that are somebody else's by now
	 */
	List<Claim> settle(List<Ending> endings) {
		SettleStatements.Settled settled = this.transactions.own(() -> this.settlements.settle(endings));
		wakeIf(settled.promoted());
		return settled.refused();
	}

	Look look() {
		return this.transactions.read(this.queue::look);
	}

	void expire() {
		this.transactions.own(this.tidying::expire);
	}

	void tidy() {
		wakeIf(this.transactions.own(this.tidying::tidy) > 0);
	}

	/**
	 * Sets the state of the input.
	 * @param input the state
	 * @param from the states from which it may be set
	 * @param reason the reason, if it has failed
	 * @return {@code false} if it was in none of these states
	 */
	boolean input(QueueState.Input input, List<QueueState.Input> from, @Nullable String reason) {
		boolean changed = this.transactions.joined(() -> this.queue.input(input, from, this.owner, reason)) > 0;
		Transactions.afterCommit(this::wake);
		return changed;
	}

	QueueState state() {
		return this.transactions.read(this.queue::state);
	}

	List<InboundMessage> outstanding(int most) {
		return this.transactions.read(() -> this.queue.outstanding(most));
	}

	List<ParkedMessage> parked(int most) {
		return this.transactions.read(() -> this.queue.parked(most, MessageRows::parked));
	}

	List<ParkedOutboundMessage> parkedOutbound(int most) {
		return this.transactions.read(() -> this.queue.parked(most, MessageRows::parkedOutbound));
	}

	int release(@Nullable String id) {
		int released = this.transactions.own(() -> this.queue.release(id));
		wakeIf(released > 0);
		return released;
	}

	boolean discard(String id) {
		int discarded = this.transactions.own(() -> {
			String group = this.queue.parkedGroup(id);
			Set<String> groups = (group != null) ? Set.of(group) : Set.of();
			this.locks.lock(groups);
			int deleted = this.queue.discard(id);
			this.settlements.promote(groups);
			return deleted;
		});
		wakeIf(discarded > 0);
		return discarded > 0;
	}

	int endAll() {
		return this.transactions.own(() -> this.queue.endAll(this.window));
	}

	/**
	 * Carries out a statement on the tables.
	 * @param statement the statement
	 */
	void execute(String statement) {
		this.transactions.own(() -> this.sql.update(statement, this.sql.parameters()));
	}

	/**
	 * The rules of a queue.
	 *
	 * @param ownership the owner and the terms of the claims of this process
	 * @param window the time within which repetitions are dropped
	 * @param kept the time for which what is done is kept
	 */
	record Rules(ClaimStatements.Ownership ownership, Duration window, Duration kept) {

	}

}
