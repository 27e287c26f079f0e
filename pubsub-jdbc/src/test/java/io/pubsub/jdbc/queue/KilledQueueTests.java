package io.pubsub.jdbc.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

	@Test
	void losesNothingInSqlite(@TempDir Path directory) throws Exception {
		String file = directory.resolve("killed.db").toString();
		KilledWorker.queue(file).destroy();
		killAndCount(file, directory);
	}

	@Test
	@EnabledIf(value = "io.pubsub.jdbc.PostgresServer#isInstalled", disabledReason = "PostgreSQL is not installed")
	void losesNothingInPostgres(@TempDir Path directory) throws Exception {
		DriverManagerDataSource server = (DriverManagerDataSource) PostgresServer.dataSource();
		JdbcQueue.builder("killed", server).createTables(true).build().destroy();
		killAndCount(String.valueOf(server.getUrl()), directory);
	}

	private static void killAndCount(String address, Path directory) throws Exception {
		Path log = directory.resolve("log");
		for (int i = 0; i < KILLS; i++) {
			killAfterWork(address, log);
		}
		JdbcQueue queue = KilledWorker.queue(address);
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
			Delivery delivery = queue.poll(Duration.ZERO);
			while (delivery != null) {
				KilledWorker.work(delivery, log);
				delivery = queue.poll(Duration.ZERO);
			}
			return queue.state().outstanding() == 0;
		});
		assertThat(queue.state().parked()).isZero();
		queue.destroy();
		assertThat(entries(log, "attempted")).containsAll(entries(log, "returned")).containsAll(entries(log, "done"));
		Set<String> untold = new HashSet<>(entries(log, "returned"));
		untold.removeAll(entries(log, "done"));
		// Who was killed between the acknowledgement and its entry.
		assertThat(untold).hasSizeLessThanOrEqualTo(KILLS * 2);
	}

	private static void killAfterWork(String address, Path log) throws IOException {
		int done = entries(log, "done").size();
		int returned = entries(log, "returned").size();
		List<Process> processes = List.of(start("put", address, log), start("work", address, log),
				start("work", address, log));
		try {
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.pollInterval(Duration.ofMillis(50))
				.until(() -> entries(log, "done").size() > done + 10
						&& entries(log, "returned").size() > returned + 10);
		}
		finally {
			processes.forEach(Process::destroyForcibly);
			processes.forEach((process) -> process.onExit().join());
		}
	}

	private static Process start(String role, String address, Path log) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), KilledWorker.class.getName(),
				role, address, log.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log.resolveSibling(role + ".out").toFile()))
			.start();
	}

	private static Set<String> entries(Path log, String kind) throws IOException {
		if (!Files.exists(log)) {
			return Set.of();
		}
		try (Stream<String> lines = Files.lines(log)) {
			return lines.filter((line) -> line.startsWith(kind + " "))
				.map((line) -> line.substring(kind.length() + 1))
				.collect(Collectors.toSet());
		}
	}

}
