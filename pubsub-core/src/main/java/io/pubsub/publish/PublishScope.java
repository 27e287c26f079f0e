package io.pubsub.publish;

import org.jspecify.annotations.Nullable;

/**
 * The time during which everything that is produced on a thread waits. Without a
 * {@link #commit()}, nothing of it is ever published.
 * <p>
 * For one thread, the one that opened it.
 *
 * @since 0.1.0
 */
public final class PublishScope implements AutoCloseable {

	private final PublishScopes scopes;

	private final PendingMessages pending;

	private final @Nullable PublishScope enclosing;

	private final @Nullable PendingMessages transaction;

	private final boolean taking;

	private boolean closed;

	PublishScope(PublishScopes scopes, PendingMessages pending, @Nullable PublishScope enclosing,
			@Nullable PendingMessages transaction, boolean taking) {
		this.scopes = scopes;
		this.pending = pending;
		this.enclosing = enclosing;
		this.transaction = transaction;
		this.taking = taking;
	}

	/**
	 * Ends the scope well: publishes what waited, in order, or hands it to what is open
	 * around the scope.
	 * @throws PublishException if a message could not be published
	 * @throws IllegalStateException if the scope was committed or closed before
	 */
	public void commit() {
		if (this.closed) {
			throw new IllegalStateException("the scope was committed or closed before");
		}
		close();
		if (this.pending.size() > 0) {
			this.pending.moveTo(this.scopes.forCommitted());
		}
	}

	/**
	 * Ends the scope: what waited and was not committed is dropped.
	 */
	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			this.scopes.restore(this.enclosing);
		}
	}

	PendingMessages pending() {
		return this.pending;
	}

	@Nullable PublishScope enclosing() {
		return this.enclosing;
	}

	@Nullable PendingMessages transaction() {
		return this.transaction;
	}

	boolean isTaking() {
		return this.taking;
	}

}
