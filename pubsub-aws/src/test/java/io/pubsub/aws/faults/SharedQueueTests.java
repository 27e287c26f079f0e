package io.pubsub.aws.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.pubsub.aws.faults.Journal.Entry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for several processes that run a pipeline on one FIFO queue.
 */
@Faults
class SharedQueueTests {

	private static final int GROUPS = 100;

	private static final int OF_EACH_GROUP = 15;

	private static final int MESSAGES = GROUPS * OF_EACH_GROUP;

	private static final int MEASURED = 100;

	private final BrokerProcess broker;

	private final TestQueue queue;

	private final Journal journal;

	SharedQueueTests(BrokerProcess broker, @TempDir Path directory) throws IOException {
		this.broker = broker;
		this.queue = broker.createFifoQueue(Duration.ofSeconds(5));
		this.journal = new Journal(Files.createFile(directory.resolve("journal")));
	}

	@Test
	void whenOneIsKilledAndOneStoppedAndOneAddedDoesAllInTheOrderOfEachGroup() throws Exception {
		this.queue.sendInOrder(Parcel.inGroups(GROUPS, OF_EACH_GROUP));
		try (PipelineProcess killed = start("killed")) {
			this.journal.awaitFirstOf("killed");
			long alone = nanosForMore();
			try (PipelineProcess stopped = start("stopped"); PipelineProcess other = start("other")) {
				this.journal.awaitFirstOf("stopped");
				this.journal.awaitFirstOf("other");
				// They work for most of the time, so three do more than one.
				assertThat(nanosForMore()).isLessThan(alone * 2 / 3);
				killed.kill();
				stopped.stop();
				finishWithOneMore();
			}
		}
		// Perhaps it was killed between two messages: then none came again.
		assertThat(repeated()).extracting(Entry::worker).isSubsetOf("killed");
		assertThat(groups()).hasSize(GROUPS)
			.allSatisfy((group, numbers) -> assertThat(numbers)
				.containsExactlyElementsOf(Parcel.numbersOf(group, GROUPS, OF_EACH_GROUP)));
	}

	private PipelineProcess start(String name) {
		return PipelineProcess.start(PipelineProcess.Kind.WORK, name, this.broker.endpoint(), this.queue, this.journal);
	}

	private long nanosForMore() {
		long start = System.nanoTime();
		this.journal.awaitDone(this.journal.done() + MEASURED);
		return System.nanoTime() - start;
	}

	private void finishWithOneMore() {
		try (PipelineProcess added = start("added")) {
			this.journal.awaitDone(MESSAGES);
			Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
		}
	}

	// The first entry of each number that has several.
	private List<Entry> repeated() {
		return this.journal.entries()
			.stream()
			.collect(Collectors.groupingBy(Entry::number))
			.values()
			.stream()
			.filter((entries) -> entries.size() > 1)
			.map((entries) -> entries.get(0))
			.toList();
	}

	private Map<Integer, List<Integer>> groups() {
		return this.journal.entries()
			.stream()
			.map(Entry::number)
			.distinct()
			.collect(Collectors.groupingBy((number) -> number % GROUPS));
	}

}
