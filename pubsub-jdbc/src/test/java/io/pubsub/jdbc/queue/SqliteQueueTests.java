package io.pubsub.jdbc.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
	void keepsClaimsForAtMostTwoLeasesWhenTheClockIsSetBack() throws Exception {
		put("a1");
		assertThat(poll().begin()).isTrue();
		contractQueue().step(Duration.ofDays(-1));
		queue().store().tidy();
		assertThat(poll().attempt()).isEqualTo(2);
	}

	@Test
	void deliversWhatWasPutBeforeTheClockWasSetBack() throws Exception {
		put("a1");
		contractQueue().step(Duration.ofDays(-1));
		queue().store().tidy();
		assertThat(poll().attempt()).isOne();
	}

	@Test
	void acceptsOneSettlementWhenTheClockIsSetForward() throws Exception {
		put("a1");
		Delivery early = poll();
		contractQueue().step(Duration.ofDays(1));
		poll().ack();
		early.ack();
		assertThat(early.settled().toCompletableFuture().join()).isEqualTo(Settlement.LOST);
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

}
