package io.pubsub.jdbc.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.pubsub.publish.PendingMessages;
import io.pubsub.publish.PublishException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The messages of the transactions of callers, which become rows right before the commit:
 * all of them in one statement, and with ids that are given as late as can be.
 */
final class OutboxTransactions {

	private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

	private final QueueStore store;

	OutboxTransactions(QueueStore store) {
		this.store = store;
	}

	@Nullable PendingMessages current(Supplier<PendingMessages> newMessages) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()
				|| !TransactionSynchronizationManager.isSynchronizationActive()) {
			return null;
		}
		Messages messages = registered();
		if (messages == null) {
			messages = new Messages(this, newMessages.get());
			TransactionSynchronizationManager.registerSynchronization(messages);
		}
		return messages.over ? null : messages.pending;
	}

	private @Nullable Messages registered() {
		for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
			if (synchronization instanceof Messages messages && messages.owner == this) {
				return messages;
			}
		}
		return null;
	}

	void check() {
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
			throw new IllegalStateException("The transaction that is under way is read-only, so that no message can"
					+ " become a part of it: produce the message outside of it, or make it one that writes");
		}
		this.store.checkTransaction();
	}

	/**
	 * The messages of one transaction.
	 */
	private static final class Messages implements TransactionSynchronization {

		private final Map<Object, Integer> savepoints = new HashMap<>();

		private final OutboxTransactions owner;

		private final PendingMessages pending;

		private boolean over;

		Messages(OutboxTransactions owner, PendingMessages pending) {
			this.owner = owner;
			this.pending = pending;
		}

		@Override
		public void savepoint(Object savepoint) {
			this.savepoints.put(savepoint, this.pending.size());
		}

		// One that is not known was made before the first message.
		@Override
		public void savepointRollback(Object savepoint) {
			this.pending.truncate(this.savepoints.getOrDefault(savepoint, 0));
		}

		// Others may produce after this, and before the commit.
		@Override
		public void beforeCommit(boolean readOnly) {
			this.pending.handOver(this.owner.store::addToTransaction);
		}

		@Override
		public void afterCommit() {
			this.over = true;
		}

		// What the first message was produced after the commit for, nobody has handed
		// over.
		@Override
		public void afterCompletion(int status) {
			this.over = true;
			if (status == STATUS_COMMITTED && this.pending.size() > 0) {
				try {
					this.pending.release();
				}
				catch (PublishException ex) {
					logger.error("What was produced after the commit of a transaction is not all published", ex);
					throw ex;
				}
			}
		}

	}

}
