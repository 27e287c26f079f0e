package io.pubsub.jdbc.idempotency;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.pubsub.Outcome;
import io.pubsub.idempotency.Claim;
import io.pubsub.idempotency.IdempotencyStore;
import io.pubsub.test.IdempotencyStoreContract;
import io.pubsub.test.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The promises that {@link JdbcIdempotencyStore} keeps on every database.
 */
abstract class JdbcStoreContract extends IdempotencyStoreContract {

	private static final Claim.State NEW = Claim.State.NEW;

	private final TestClock clock = new TestClock();

	private final DataSource dataSource = dataSource();

	private final JdbcClient jdbc = JdbcClient.create(this.dataSource);

	private final JdbcTransactionManager transactionManager = new JdbcTransactionManager(this.dataSource);

	private final JdbcIdempotencyStore store = store("orders");

	abstract DataSource dataSource();

	@BeforeEach
	void createTables() {
		this.jdbc.sql("DROP TABLE IF EXISTS pubsub_idempotency").update();
		this.jdbc.sql("DROP TABLE IF EXISTS work").update();
		this.jdbc.sql("CREATE TABLE work (id VARCHAR(10) PRIMARY KEY)").update();
		createTable();
	}

	@Override
	protected IdempotencyStore store() {
		return this.store;
	}

	@Override
	protected void passTime(Duration duration) {
		this.clock.advance(duration);
	}

	@Test
	void keepsTheWorkAndThatItIsDone() throws Exception {
		work(this.store.claim("a"), Outcome.succeeded());
		assertThat(work()).containsExactly("a");
		assertThat(this.store.claim("a").state()).isEqualTo(Claim.State.DONE);
	}

	@Test
	void keepsNeitherIfTheWorkThrows() {
		Claim claim = this.store.claim("a");
		assertThatIllegalStateException().isThrownBy(() -> this.store.inTransaction(() -> {
			doWork(claim);
			throw new IllegalStateException("broken");
		}));
		assertThat(work()).isEmpty();
		assertThat(this.store.claim("a").state()).isEqualTo(Claim.State.IN_PROGRESS);
	}

	@Test
	void keepsNeitherIfTheMessageIsToBeDeliveredAgain() throws Exception {
		work(this.store.claim("a"), Outcome.retry(null, "later"));
		assertThat(work()).isEmpty();
		assertThat(this.store.claim("a").state()).isEqualTo(Claim.State.IN_PROGRESS);
	}

	@Test
	void keepsNothingOfTheLateOneOfTwo() {
		Claim late = this.store.claim("a");
		passTime(EXPIRY.lease());
		this.store.claim("a");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> work(late, Outcome.succeeded()));
		assertThat(work()).isEmpty();
	}

	@Test
	void showsAClaimWhileTheTransactionOfTheCallerIsOpen() throws Exception {
		this.store.inTransaction(() -> {
			this.store.claim("a");
			assertThat(elsewhere("a")).isEqualTo(Claim.State.IN_PROGRESS);
			return Outcome.succeeded();
		});
	}

	@Test
	void keepsNobodyWaitingWhileATransactionIsOpenThatHasCompleted() throws Exception {
		Claim claim = this.store.claim("a");
		this.store.inTransaction(() -> {
			doWork(claim);
			assertThat(elsewhere("a")).isEqualTo(Claim.State.IN_PROGRESS);
			return Outcome.succeeded();
		});
		assertThat(elsewhere("a")).isEqualTo(Claim.State.DONE);
	}

	@Test
	void writesWhatAPersistenceContextHoldsBackBeforeItCompletes() throws Exception {
		Claim claim = this.store.claim("a");
		this.store.inTransaction(() -> {
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
				@Override
				public void flush() {
					JdbcStoreContract.this.jdbc.sql("INSERT INTO work VALUES ('held back')").update();
				}
			});
			this.store.complete(claim);
			assertThat(work()).containsExactly("held back");
			return Outcome.succeeded();
		});
	}

	@Test
	void refusesToCompleteOutsideOfATransaction() {
		Claim claim = this.store.claim("a");
		assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> this.store.complete(claim));
	}

	@Test
	void grantsOneOfManyClaimsWhenALeaseIsOver() {
		this.store.claim("a");
		passTime(EXPIRY.lease());
		List<Claim.State> states = IntStream.range(0, 8)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> this.store.claim("a").state(),
					(task) -> new Thread(task).start()))
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();
		assertThat(states).containsOnlyOnce(NEW).doesNotContain(Claim.State.DONE);
	}

	@Test
	void keepsConsumersApart() throws Exception {
		work(this.store.claim("a"), Outcome.succeeded());
		assertThat(store("invoices").claim("a").state()).isEqualTo(NEW);
	}

	@Test
	void deletesWhatIsOldNowAndThen() throws Exception {
		work(this.store.claim("a"), Outcome.succeeded());
		passTime(EXPIRY.retention());
		this.store.claim("b");
		assertThat(rows()).isEqualTo(2);
		IntStream.range(0, 100).forEach((i) -> this.store.claim("message-" + i));
		assertThat(rows()).isEqualTo(101);
	}

	@Test
	void refusesAKeyThatIsTooLong() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.claim("k".repeat(256)))
			.withMessage("an idempotency key may have 255 characters at most, not 256");
	}

	@Test
	void takesTheLongestKey() {
		assertThat(this.store.claim("k".repeat(255)).state()).isEqualTo(NEW);
	}

	@Test
	void refusesAConsumerWithoutAName() {
		assertThatIllegalArgumentException().isThrownBy(() -> store(" "))
			.withMessageContaining("' ' cannot be the consumer of idempotency keys");
	}

	@Test
	void leavesATableThatExists() {
		this.store.claim("a");
		createTable();
		assertThat(rows()).isOne();
	}

	@Test
	void startsWithItsTable() {
		this.store.afterPropertiesSet();
		assertThat(rows()).isZero();
	}

	@Test
	void doesNotStartWithoutItsTable() {
		this.jdbc.sql("DROP TABLE pubsub_idempotency").update();
		assertThatExceptionOfType(TableUnreadableException.class).isThrownBy(this.store::afterPropertiesSet)
			.withMessageContaining("create it with classpath:io/pubsub/jdbc/idempotency/schema.sql");
	}

	@Test
	void doesNotStartWithTransactionsOfAnotherDatabase() {
		JdbcTransactionManager others = new JdbcTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:others"));
		JdbcIdempotencyStore store = new JdbcIdempotencyStore(this.dataSource, others, "orders", EXPIRY, this.clock);
		assertThatIllegalStateException().isThrownBy(store::afterPropertiesSet)
			.withMessageContaining("JdbcTransactionManager are not those of the DataSource");
	}

	@Test
	void startsWithADataSourceThatKnowsTransactions() {
		new JdbcIdempotencyStore(new TransactionAwareDataSourceProxy(this.dataSource), this.transactionManager,
				"orders", EXPIRY, this.clock)
			.afterPropertiesSet();
		assertThat(rows()).isZero();
	}

	private JdbcIdempotencyStore store(String consumer) {
		return new JdbcIdempotencyStore(this.dataSource, this.transactionManager, consumer, EXPIRY, this.clock);
	}

	private void createTable() {
		new ResourceDatabasePopulator(new DefaultResourceLoader().getResource(JdbcIdempotencyStore.SCHEMA))
			.execute(this.dataSource);
	}

	private void work(Claim claim, Outcome outcome) throws Exception {
		this.store.inTransaction(() -> {
			doWork(claim);
			return outcome;
		});
	}

	private void doWork(Claim claim) {
		this.jdbc.sql("INSERT INTO work VALUES (?)").param(claim.key()).update();
		this.store.complete(claim);
	}

	private List<String> work() {
		return this.jdbc.sql("SELECT id FROM work").query(String.class).list();
	}

	private int rows() {
		return this.jdbc.sql("SELECT COUNT(*) FROM pubsub_idempotency").query(Integer.class).single();
	}

	private Claim.State elsewhere(String key) {
		return CompletableFuture.supplyAsync(() -> this.store.claim(key).state())
			.orTimeout(30, TimeUnit.SECONDS)
			.join();
	}

}
