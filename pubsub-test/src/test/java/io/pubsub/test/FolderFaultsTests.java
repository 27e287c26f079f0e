package io.pubsub.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link FolderQueue} keeps when its processes are killed.
 */
@Tag("faults")
class FolderFaultsTests {

	private static final int KILLS = 4;

	@TempDir
	private Path directory;

	@BeforeEach
	void makeFolders() throws IOException {
		Files.createDirectory(this.directory.resolve("in"));
		Files.createDirectory(this.directory.resolve("at-work"));
	}

	@Test
	void losesNothingAndLetsNobodyWorkOnWhatAnotherOneHas() throws IOException {
		for (int round = 0; round < KILLS; round++) {
			killAfterWork();
		}
		workOff();
		assertThat(entries("partial")).isEmpty();
		assertThat(entries("twice")).isEmpty();
		assertThat(entries("attempted")).containsAll(entries("returned"));
		assertThat(Set.copyOf(FolderFixture.names(this.directory.resolve("in/done")))).containsAll(entries("returned"))
			.isEqualTo(entries("attempted"));
		assertThat(FolderFixture.names(this.directory.resolve("in/dead"))).isEmpty();
	}

	private void killAfterWork() throws IOException {
		int done = entries("done").size();
		int returned = entries("returned").size();
		List<Process> processes = List.of(start("put"), start("work"), start("work"));
		try {
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.pollInterval(Duration.ofMillis(50))
				.until(() -> entries("done").size() > done + 20 && entries("returned").size() > returned + 20);
		}
		finally {
			processes.forEach(Process::destroyForcibly);
			processes.forEach((process) -> process.onExit().join());
		}
	}

	private void workOff() {
		try (FolderQueue queue = FolderWorker.queue(this.directory)) {
			FolderWorker worker = new FolderWorker(queue, this.directory);
			Awaitility.await().atMost(Duration.ofMinutes(1)).pollInSameThread().until(() -> {
				worker.work(queue.poll(Duration.ofMillis(100)));
				FolderState state = queue.state();
				return state.waiting().isEmpty() && state.atWork().isEmpty();
			});
		}
	}

	private Process start(String role) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), FolderWorker.class.getName(),
				role, this.directory.toString())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve(role + ".out").toFile()))
			.start();
	}

	private Set<String> entries(String kind) throws IOException {
		Path log = this.directory.resolve("log");
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
