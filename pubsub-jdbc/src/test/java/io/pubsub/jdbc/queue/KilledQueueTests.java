package io.pubsub.jdbc.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.jdbc.PostgresServer;
import io.pubsub.transport.Delivery;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link JdbcQueue} keeps when its processes are killed.
 */
@Tag("faults")
class KilledQueueTests {

	private static final int KILLS = 20;

	private static final int ALL_AT_ONCE = 7;

	private static final List<String> ROLES = List.of("put", "work", "work");

	private final List<KilledProcess> processes = new ArrayList<>();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void losesNothingInSqlite() throws Exception {
		String file = this.directory.resolve("killed.db").toString();
		KilledWorker.queue(file).destroy();
		killAndCount(file);
	}

	@Test
	@EnabledIf(value = "io.pubsub.jdbc.PostgresServer#isInstalled", disabledReason = "PostgreSQL is not installed")
	void losesNothingInPostgres() throws Exception {
		DriverManagerDataSource server = new DriverManagerDataSource(PostgresServer.url(), "postgres", "");
		JdbcQueue.builder("killed", server).createTables(true).build().destroy();
		killAndCount(PostgresServer.url());
	}

	private void killAndCount(String address) throws Exception {
		try {
			startAll(address);
			for (int kill = 1; kill <= KILLS; kill++) {
				kill(kill, address);
			}
		}
		finally {
			this.processes.forEach(KilledProcess::kill);
		}
		JdbcQueue queue = KilledWorker.queue(address);
		workOff(queue);
		assertThat(queue.state().parked()).isZero();
		queue.destroy();
		assertThat(entries("attempted")).containsAll(entries("returned")).containsAll(entries("done"));
		Set<String> untold = new HashSet<>(entries("returned"));
		untold.removeAll(entries("done"));
		// Who was killed between the acknowledgement and its entry.
		assertThat(untold).hasSizeLessThanOrEqualTo(KILLS * ROLES.size());
	}

	private void kill(int kill, String address) throws IOException {
		if (kill % ALL_AT_ONCE == 0) {
			this.processes.forEach(KilledProcess::awaitWork);
			this.processes.forEach(KilledProcess::kill);
			startAll(address);
			return;
		}
		// The others go on.
		int place = kill % ROLES.size();
		this.processes.get(place).awaitWork();
		this.processes.get(place).kill();
		this.processes.set(place, start(ROLES.get(place), address));
	}

	private void startAll(String address) throws IOException {
		this.processes.clear();
		for (String role : ROLES) {
			this.processes.add(start(role, address));
		}
	}

	private KilledProcess start(String role, String address) throws IOException {
		return new KilledProcess(role, address, Files.createTempFile(this.directory, role, ".log"));
	}

	private void workOff(JdbcQueue queue) throws IOException {
		Path log = Files.createTempFile(this.directory, "rest", ".log");
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
			Delivery delivery = queue.poll(Duration.ZERO);
			while (delivery != null) {
				KilledWorker.work(delivery, log);
				delivery = queue.poll(Duration.ZERO);
			}
			return queue.state().outstanding() == 0;
		});
	}

	private Set<String> entries(String kind) throws IOException {
		try (Stream<Path> logs = Files.list(this.directory)) {
			return logs.filter((log) -> log.toString().endsWith(".log"))
				.flatMap((log) -> KilledProcess.lines(log).stream())
				.filter((line) -> line.startsWith(kind + " "))
				.map((line) -> line.substring(kind.length() + 1))
				.collect(Collectors.toSet());
		}
	}

}
