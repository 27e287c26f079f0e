package io.pubsub.jdbc.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link JdbcQueue} in a file of SQLite.
 */
class SqliteQueueTests extends JdbcQueueContract {

	@TempDir
	private @Nullable Path directory;

	@Override
	QueueDatabase database() {
		return QueueDatabase.sqlite(directory());
	}

	private Path directory() {
		return Objects.requireNonNull(this.directory);
	}

	@Test
	void refusesNetworkDrives() {
		assertThat(SqliteDatabase.isNetwork("nfs4")).isTrue();
		assertThat(SqliteDatabase.isNetwork("ext4")).isFalse();
	}

	@Test
	void refusesADirectoryThatDoesNotExist() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> JdbcQueue.sqlite(directory().resolve("missing/orders.db")).build())
			.withMessageContaining("The directory of the queue")
			.withMessageEndingWith("does not exist: create it");
	}

	// As those of another process would.
	@Test
	void waitsForWhoWritesToTheSameFile() throws Exception {
		SingleConnectionDataSource other = SqliteDatabase.open(file());
		JdbcQueue queue = queue();
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(other));
		CompletableFuture<String> id = transaction.execute((status) -> {
			new JdbcTemplate(other).update("UPDATE pubsub_queue SET changed_at = changed_at");
			CompletableFuture<String> put = CompletableFuture.supplyAsync(() -> queue.put("a1"));
			Awaitility.await().during(Duration.ofMillis(100)).until(() -> !put.isDone());
			return put;
		});
		assertThat(Objects.requireNonNull(id)).succeedsWithin(Duration.ofSeconds(20));
		other.destroy();
		assertThat(poll().message().body()).isEqualTo("a1");
	}

	@Test
	void isCreatedByManyAtTheSameMoment() {
		List<CompletableFuture<JdbcQueue>> queues = IntStream.range(0, 6)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> JdbcQueue.sqlite(file()).build()))
			.toList();
		queues.forEach((queue) -> queue.orTimeout(60, TimeUnit.SECONDS).join().put("text"));
		assertThat(queue().state().waiting()).isEqualTo(6);
		queues.forEach((queue) -> queue.join().destroy());
	}

	@Test
	void saysThatAFileIsNoDatabase() throws IOException {
		Files.writeString(file(), "a text of somebody else's ".repeat(100));
		assertThatIllegalStateException().isThrownBy(() -> JdbcQueue.sqlite(file()).build())
			.withMessageContaining("cannot be opened")
			.withMessageContaining("SQLITE_NOTADB");
	}

	private Path file() {
		return directory().resolve("orders.db");
	}

	/**
	 * Tests for what steps of the clock do.
	 */
	@Nested
	class WithTheClockOfTheProcess extends ProcessClockContract {

		@Override
		ContractQueue contractQueue() {
			return SqliteQueueTests.this.contractQueue();
		}

	}

}
