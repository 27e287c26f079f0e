package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.pubsub.jdbc.idempotency.TableUnreadableException;
import io.pubsub.transport.Delivery;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The promises that a {@link JdbcQueue} keeps in a database of the application.
 */
abstract class ServerQueueContract extends JdbcQueueContract {

	private DataSource dataSource() {
		return Objects.requireNonNull(database().dataSource());
	}

	private PlatformTransactionManager transactions() {
		queue();
		return new JdbcTransactionManager(dataSource());
	}

	@Test
	void putsNothingWhenTheTransactionIsRolledBack() {
		new TransactionTemplate(transactions()).executeWithoutResult((status) -> {
			put("a1");
			status.setRollbackOnly();
		});
		assertThat(queue().state().outstanding()).isZero();
	}

	@Test
	void showsWhatWasPutWhenTheTransactionIsCommitted() throws Exception {
		new TransactionTemplate(transactions()).executeWithoutResult((status) -> {
			put("a1");
			assertThat(CompletableFuture.supplyAsync(() -> pollAll()).join()).isEmpty();
		});
		assertThat(poll().message().body()).isEqualTo("a1");
	}

	// Ids are given before a transaction is committed.
	@Test
	void worksOnOneOfAGroupAtATimeWhenAnOlderOneIsCommittedLate() throws Exception {
		PlatformTransactionManager transactions = transactions();
		TransactionStatus status = transactions.getTransaction(TransactionDefinition.withDefaults());
		put("a1 a");
		Delivery newer = CompletableFuture.supplyAsync(() -> {
			put("a2 a");
			return pollAll().get(0);
		}).join();
		transactions.commit(status);
		assertThat(pollAll()).isEmpty();
		newer.nack(Duration.ZERO);
		assertThat(bodies(pollAll())).containsExactly("a1");
	}

	@Test
	void refusesToStartWithoutItsTables() {
		JdbcQueueBuilder builder = database().queue().createTables(false);
		assertThatExceptionOfType(TableUnreadableException.class).isThrownBy(builder::build)
			.withMessageContaining("create it with classpath:io/pubsub/jdbc/queue/");
	}

	@Test
	void leavesTablesThatAreThere() {
		put("a1");
		assertThat(contractQueue().another().state().outstanding()).isOne();
	}

	@Test
	void isCreatedByManyAtTheSameMoment() {
		List<CompletableFuture<JdbcQueue>> queues = IntStream.range(0, 6)
			.mapToObj((i) -> CompletableFuture.supplyAsync(database().queue()::build))
			.toList();
		queues.forEach((queue) -> queue.orTimeout(60, TimeUnit.SECONDS).join().put("text"));
		assertThat(queue().state().waiting()).isEqualTo(6);
		queues.forEach((queue) -> queue.join().destroy());
	}

	@Test
	void showsWhoWorksOnAMessage() throws Exception {
		put("a1");
		assertThat(poll().begin()).isTrue();
		assertThat(JdbcClient.create(dataSource())
			.sql("SELECT owner FROM pubsub_message WHERE state = 'TAKEN'")
			.query(String.class)
			.single()).endsWith(String.valueOf(ProcessHandle.current().pid()));
	}

}
