package io.pubsub.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.pubsub.folder.FolderQueue;
import io.pubsub.transport.Delivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a {@link FolderQueue} that many use at the same time.
 */
class FolderRaceTests {

	private static final int FILES = 300;

	@TempDir
	private Path root;

	@Test
	void fourConsumersGetEachFileOnce() {
		try (FolderFixture folder = new FolderFixture(this.root)) {
			folder.write(names());
			Queue<String> taken = new ConcurrentLinkedQueue<>();
			run(folder, (delivery) -> {
				taken.add(FolderFixture.nameOf(delivery));
				delivery.ack();
			});
			assertThat(taken).containsExactlyInAnyOrder(names());
			assertThat(folder.names()).isEmpty();
		}
	}

	@Test
	void whatIsHandedBackIsLostByNobody() {
		try (FolderFixture folder = new FolderFixture(this.root)) {
			folder.write(names());
			Queue<String> done = new ConcurrentLinkedQueue<>();
			run(folder, (delivery) -> {
				if (delivery.attempt() < 3) {
					delivery.nack(Duration.ZERO);
				}
				else {
					done.add(FolderFixture.nameOf(delivery));
					delivery.ack();
				}
			});
			assertThat(done).containsExactlyInAnyOrder(names());
			assertThat(folder.names()).isEmpty();
		}
	}

	private static String[] names() {
		return IntStream.range(0, FILES).mapToObj("%03d.tsv"::formatted).toArray(String[]::new);
	}

	private static void run(FolderFixture folder, Consumer<Delivery> work) {
		List<CompletableFuture<Void>> consumers = new ArrayList<>();
		for (int consumer = 0; consumer < 4; consumer++) {
			FolderQueue queue = folder.open();
			consumers.add(CompletableFuture.runAsync(() -> workOff(folder, queue, work)));
		}
		assertThat(CompletableFuture.allOf(consumers.toArray(CompletableFuture<?>[]::new)))
			.succeedsWithin(Duration.ofSeconds(60));
	}

	private static void workOff(FolderFixture folder, FolderQueue queue, Consumer<Delivery> work) {
		while (!folder.names().isEmpty()) {
			Delivery delivery = FolderFixture.poll(queue);
			if (delivery != null) {
				work.accept(delivery);
			}
		}
	}

}
