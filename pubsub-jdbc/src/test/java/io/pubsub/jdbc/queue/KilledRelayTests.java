package io.pubsub.jdbc.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.pubsub.jdbc.PostgresServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link JdbcOutbox} keeps when one of three instances is killed.
 */
@Tag("faults")
@EnabledIf(value = "io.pubsub.jdbc.PostgresServer#isInstalled", disabledReason = "PostgreSQL is not installed")
class KilledRelayTests {

	private static final int ENOUGH = 150;

	@Test
	void losesNothingAndKeepsTheOrderOfGroups(@TempDir Path directory) throws Exception {
		DataSource database = PostgresServer.dataSource();
		JdbcClient.create(database).sql("DROP TABLE IF EXISTS pubsub_message, pubsub_queue").update();
		JdbcOutbox survivor = KilledRelay.outbox(database);
		Path log = directory.resolve("log");
		List<Process> instances = Stream.of("p", "q", "r").map((name) -> start(name, log)).toList();
		try {
			awaitCommits(log, 0);
			kill(instances.get(0));
			awaitCommits(log, KilledRelay.entries(log, "committed").size());
		}
		finally {
			instances.forEach(KilledRelayTests::kill);
		}
		survivor.start(KilledRelay.broker(log));
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> survivor.state().waiting() == 0);
		survivor.destroy();
		List<String> published = KilledRelay.entries(log, "published");
		assertThat(published).containsAll(KilledRelay.entries(log, "committed"))
			.noneMatch((text) -> text.startsWith(KilledRelay.ROLLED_BACK));
		assertThat(firstOfGroups(published).values())
			.allSatisfy((numbers) -> assertThat(numbers).isSorted().doesNotHaveDuplicates());
	}

	private static void awaitCommits(Path log, int earlier) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> KilledRelay.entries(log, "committed").size() > earlier + ENOUGH
					&& KilledRelay.entries(log, "published").size() > earlier + ENOUGH);
	}

	private static Map<String, List<Integer>> firstOfGroups(List<String> published) {
		return published.stream()
			.distinct()
			.collect(Collectors.groupingBy(OutboxFixture::groupOf, LinkedHashMap::new,
					Collectors.mapping((text) -> Integer.valueOf(text.substring(text.lastIndexOf('-') + 1)),
							Collectors.toCollection(ArrayList::new))));
	}

	private static Process start(String name, Path log) {
		try {
			return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
					KilledRelay.class.getName(), name, PostgresServer.url(), log.toString())
				.redirectErrorStream(true)
				.redirectOutput(log.resolveSibling(name + ".out").toFile())
				.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void kill(Process process) {
		process.destroyForcibly().onExit().join();
	}

}
