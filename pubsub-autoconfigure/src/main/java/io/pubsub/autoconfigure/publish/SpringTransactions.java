package io.pubsub.autoconfigure.publish;

import java.util.function.Supplier;

import io.pubsub.publish.PendingMessages;
import io.pubsub.publish.PublishException;
import io.pubsub.publish.PublishTransactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * {@link PublishTransactions} of Spring, whatever the transaction manager.
 */
final class SpringTransactions implements PublishTransactions {

	private static final Logger logger = LoggerFactory.getLogger(SpringTransactions.class);

	@Override
	public @Nullable PendingMessages current(Supplier<PendingMessages> newMessages) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()
				|| !TransactionSynchronizationManager.isSynchronizationActive()) {
			return null;
		}
		AfterCommit afterCommit = registered();
		if (afterCommit == null) {
			afterCommit = new AfterCommit(this, newMessages.get());
			TransactionSynchronizationManager.registerSynchronization(afterCommit);
		}
		return afterCommit.released ? null : afterCommit.pending;
	}

	private @Nullable AfterCommit registered() {
		for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
			if (synchronization instanceof AfterCommit afterCommit && afterCommit.owner == this) {
				return afterCommit;
			}
		}
		return null;
	}

	/**
	 * Releases the messages of one transaction.
	 */
	private static final class AfterCommit implements TransactionSynchronization {

		private final SpringTransactions owner;

		private final PendingMessages pending;

		private boolean released;

		AfterCommit(SpringTransactions owner, PendingMessages pending) {
			this.owner = owner;
			this.pending = pending;
		}

		@Override
		public void afterCommit() {
			release();
		}

		// Nobody calls afterCommit on what was registered by another afterCommit, or
		// after another one has failed.
		@Override
		public void afterCompletion(int status) {
			if (this.pending.size() == 0) {
				return;
			}
			if (status == STATUS_COMMITTED) {
				release();
			}
			else if (status == STATUS_UNKNOWN) {
				logger.error("Nobody knows whether the transaction was committed: its {} messages are not published",
						this.pending.size());
			}
		}

		private void release() {
			this.released = true;
			try {
				this.pending.release();
			}
			catch (PublishException ex) {
				logger.error("The transaction is committed, but its messages are not all published", ex);
				throw ex;
			}
		}

	}

}
