package io.pubsub.jdbc.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import io.pubsub.Outcome;
import io.pubsub.idempotency.Claim;
import io.pubsub.idempotency.ClaimLostException;
import io.pubsub.idempotency.Expiry;
import io.pubsub.idempotency.IdempotencyStore;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@link IdempotencyStore} in the table {@code pubsub_idempotency}, which many services
 * and all their instances may share.
 * <p>
 * A message becomes done in the transaction of its handler, so that both are kept or
 * neither. Claims are made and released in transactions of their own. What is old is
 * deleted now and then by those who claim.
 *
 * @since 0.1.0
 */
public final class JdbcIdempotencyStore implements IdempotencyStore, InitializingBean {

	/**
	 * The location of the script that creates the table, for a resource loader of Spring.
	 */
	public static final String SCHEMA = "classpath:io/pubsub/jdbc/idempotency/schema.sql";

	// Each time, a few times as many rows are deleted as have been added since.
	private static final int CLAIMS_PER_CLEAN_UP = 100;

	private final AtomicLong claims = new AtomicLong();

	private final PlatformTransactionManager transactionManager;

	private final TransactionTemplate alone;

	private final TransactionTemplate joined;

	private final DataSource dataSource;

	private final ClaimTable table;

	private final Expiry expiry;

	private final Clock clock;

	/**
	 * Makes a store.
	 * @param dataSource the database
	 * @param transactionManager the transaction manager of that database
	 * @param consumer the name of the service; what others have handled does not count
	 * @param expiry the lease and the retention of the rows
	 * @param clock the time to go by, which all instances of the service should agree on
	 */
	public JdbcIdempotencyStore(DataSource dataSource, PlatformTransactionManager transactionManager, String consumer,
			Expiry expiry, Clock clock) {
		this.dataSource = dataSource;
		this.transactionManager = transactionManager;
		this.alone = template(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.joined = template(TransactionDefinition.PROPAGATION_MANDATORY);
		this.table = new ClaimTable(dataSource, consumer);
		this.expiry = expiry;
		this.clock = clock;
	}

	private TransactionTemplate template(int propagation) {
		TransactionTemplate template = new TransactionTemplate(this.transactionManager);
		template.setPropagationBehavior(propagation);
		return template;
	}

	/**
	 * Checks that the table is there, and that it takes part in the transactions of the
	 * handlers.
	 * @throws TableUnreadableException if the table cannot be read
	 * @throws IllegalStateException if the transactions are not those of the database
	 */
	@Override
	public void afterPropertiesSet() {
		this.alone.executeWithoutResult((status) -> checkTransaction());
		try {
			this.alone.executeWithoutResult((status) -> this.table.check());
		}
		catch (NonTransientDataAccessException ex) {
			throw new TableUnreadableException(ClaimTable.NAME, SCHEMA, ex);
		}
	}

	private void checkTransaction() {
		if (this.transactionManager instanceof ResourceTransactionManager && !isBound()) {
			throw new IllegalStateException(("The transactions of the %s are not those of the DataSource that"
					+ " idempotency keys are kept in: let the primary PlatformTransactionManager be one for the"
					+ " primary DataSource")
				.formatted(this.transactionManager.getClass().getName()));
		}
	}

	private boolean isBound() {
		DataSource target = (this.dataSource instanceof TransactionAwareDataSourceProxy proxy)
				? proxy.getTargetDataSource() : this.dataSource;
		return target != null && TransactionSynchronizationManager.hasResource(target);
	}

	@Override
	public Claim claim(String key) {
		long now = this.clock.millis();
		if (this.claims.getAndIncrement() % CLAIMS_PER_CLEAN_UP == 0) {
			long before = now - this.expiry.retention().toMillis();
			this.alone.executeWithoutResult((status) -> this.table.deleteUpTo(before));
		}
		try {
			return this.alone.execute((status) -> claim(key, now));
		}
		catch (DuplicateKeyException ex) {
			return fasterThan(key);
		}
	}

	private Claim claim(String key, long now) {
		Claim claim = Claim.granted(key);
		ClaimTable.Row row = this.table.find(key);
		if (row == null) {
			this.table.insert(claim, now);
			return claim;
		}
		Duration validity = row.isDone() ? this.expiry.retention() : this.expiry.lease();
		long remaining = row.changedAt() + validity.toMillis() - now;
		if (remaining > 0) {
			return row.isDone() ? Claim.done(key) : Claim.inProgress(key, Duration.ofMillis(remaining));
		}
		return this.table.replace(row, claim, now) ? claim : fasterThan(key);
	}

	// Somebody has claimed the key since it was looked up here.
	private Claim fasterThan(String key) {
		return Claim.inProgress(key, this.expiry.lease());
	}

	@Override
	public void renew(Claim claim) {
		long now = this.clock.millis();
		if (!Boolean.TRUE.equals(this.alone.execute((status) -> this.table.renew(claim, now)))) {
			throw new ClaimLostException(claim);
		}
	}

	@Override
	public void complete(Claim claim) {
		this.joined.executeWithoutResult((status) -> {
			// What a persistence context holds back may fail, and should do so before
			// anything is published.
			status.flush();
			if (!this.table.complete(claim, this.clock.millis())) {
				throw new ClaimLostException(claim);
			}
		});
	}

	@Override
	public void release(Claim claim) {
		this.alone.executeWithoutResult((status) -> this.table.release(claim));
	}

	@Override
	public Outcome inTransaction(Callable<Outcome> work) throws Exception {
		TransactionStatus status = this.transactionManager.getTransaction(TransactionDefinition.withDefaults());
		Outcome outcome;
		try {
			outcome = work.call();
		}
		catch (Exception | Error ex) {
			rollBack(status, ex);
			throw ex;
		}
		if (outcome.kind().isAcknowledged()) {
			this.transactionManager.commit(status);
		}
		else {
			this.transactionManager.rollback(status);
		}
		return outcome;
	}

	private void rollBack(TransactionStatus status, Throwable reason) {
		try {
			this.transactionManager.rollback(status);
		}
		catch (TransactionException ex) {
			reason.addSuppressed(ex);
		}
	}

}
