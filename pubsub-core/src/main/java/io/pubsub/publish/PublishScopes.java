package io.pubsub.publish;

import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The scopes and transactions that the producers of an application wait for before they
 * send: of the calling thread, its {@link PublishScope} or its transaction, whichever
 * began last.
 * <p>
 * What ends well inside another one hands its messages to that one, and what fails drops
 * only its own. Nothing here is shared between threads. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class PublishScopes {

	// Each application in a JVM has scopes of its own.
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<@Nullable PublishScope> innermost = new ThreadLocal<>();

	private final PublishTransactions transactions;

	private final @Nullable Outbox outbox;

	/**
	 * Makes scopes around and inside of transactions.
	 * @param transactions the transactions of the calling threads
	 */
	public PublishScopes(PublishTransactions transactions) {
		this.transactions = transactions;
		this.outbox = (transactions instanceof Outbox itself) ? itself : null;
	}

	/**
	 * Makes whatever is produced on the calling thread wait until the scope is committed.
	 * @return the scope, to be closed on the same thread
	 */
	public PublishScope open() {
		return open(true);
	}

	/**
	 * Makes what scopes inside of this one commit wait, but not what is produced outside
	 * of them.
	 * @return the scope, to be closed on the same thread
	 */
	PublishScope openForCommitted() {
		return open(false);
	}

	/**
	 * Publishes what waits for the transaction of the calling thread, without waiting for
	 * its commit, unless it becomes a part of the transaction. What is produced in the
	 * transaction after this waits for the commit.
	 * @throws PublishException if a message could not be published; the transaction
	 * should be rolled back
	 */
	public void publishBeforeCommit() {
		if (this.outbox != null) {
			return;
		}
		PendingMessages pending = transaction();
		if (pending != null && pending.size() > 0) {
			pending.release();
		}
	}

	private PublishScope open(boolean taking) {
		PublishScope scope = new PublishScope(this, new PendingMessages(this), this.innermost.get(), transaction(),
				taking);
		this.innermost.set(scope);
		return scope;
	}

	void restore(@Nullable PublishScope scope) {
		if (scope != null) {
			this.innermost.set(scope);
		}
		else {
			this.innermost.remove();
		}
	}

	/**
	 * Insists that a message can wait for a transaction.
	 * @param message the message
	 */
	void check(OutboundMessage message) {
		if (this.outbox != null) {
			this.outbox.check(message);
		}
	}

	/**
	 * The pending messages that a message joins if it is produced now.
	 * @return the messages to join, or {@code null} if there is nothing to wait for
	 */
	@Nullable PendingMessages forProduced() {
		return within(taking());
	}

	/**
	 * The pending messages that deferred messages join if they are committed now.
	 * @return the messages to join, or {@code null} if there is nothing to wait for
	 */
	@Nullable PendingMessages forCommitted() {
		return within(this.innermost.get());
	}

	@Nullable PublishScope taking() {
		PublishScope scope = this.innermost.get();
		while (scope != null && !scope.isTaking()) {
			scope = scope.enclosing();
		}
		return scope;
	}

	// A transaction that a scope did not find when it was opened began inside of it.
	private @Nullable PendingMessages within(@Nullable PublishScope scope) {
		PendingMessages transaction = transaction();
		if (scope != null && (transaction == null || transaction == scope.transaction())) {
			return scope.pending();
		}
		if (transaction != null && this.outbox != null) {
			this.outbox.checkTransaction();
		}
		return transaction;
	}

	private @Nullable PendingMessages transaction() {
		return this.transactions.current(() -> new PendingMessages(this));
	}

}
