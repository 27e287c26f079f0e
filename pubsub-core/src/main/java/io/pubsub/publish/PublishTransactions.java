package io.pubsub.publish;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Knows the transaction whose commit messages have to wait for.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PublishTransactions {

	/**
	 * The messages that wait for the transaction of the calling thread. After the commit
	 * of that transaction, {@link PendingMessages#release()} must be called on them, on
	 * the same thread; after a rollback they are dropped.
	 * @param newMessages makes the messages for a transaction that has none
	 * @return the same instance throughout a transaction; {@code null} if there is no
	 * transaction, or if it is over
	 */
	@Nullable PendingMessages current(Supplier<PendingMessages> newMessages);

	/**
	 * No transactions at all.
	 * @return an instance that never knows a transaction
	 */
	static PublishTransactions none() {
		return (newMessages) -> null;
	}

}
