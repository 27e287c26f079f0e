package io.pubsub.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.folder.FileGroups;
import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderQueueBuilder;
import io.pubsub.transport.Delivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a {@link FolderQueue} that many use at the same time.
 */
class FolderRaceTests {

	private static final int FILES = 300;

	@RegisterExtension
	private final FolderFixture folder = new FolderFixture();

	@Test
	void fourConsumersGetEachFileOnce() {
		this.folder.write(names());
		Queue<String> taken = new ConcurrentLinkedQueue<>();
		run(this.folder.builder(), (delivery) -> {
			taken.add(FolderFixture.nameOf(delivery));
			delivery.ack();
		});
		assertThat(taken).containsExactlyInAnyOrder(names());
		assertThat(this.folder.names()).isEmpty();
	}

	@Test
	void whatIsHandedBackIsLostByNobody() {
		this.folder.write(names());
		Queue<String> done = new ConcurrentLinkedQueue<>();
		run(this.folder.builder(), (delivery) -> {
			if (delivery.attempt() < 3) {
				delivery.nack(Duration.ZERO);
			}
			else {
				done.add(FolderFixture.nameOf(delivery));
				delivery.ack();
			}
		});
		assertThat(done).containsExactlyInAnyOrder(names());
		assertThat(this.folder.names()).isEmpty();
	}

	@Test
	void fourConsumersGetEachGroupOnceAndWhole() {
		this.folder.write(IntStream.range(0, 50)
			.boxed()
			.flatMap((key) -> Stream.of("%02d_UK.tsv".formatted(key), "%02d_FR.tsv".formatted(key),
					"%02d_DE.tsv".formatted(key)))
			.toArray(String[]::new));
		Queue<String> taken = new ConcurrentLinkedQueue<>();
		run(this.folder.builder()
			.groups(FileGroups.matching(Pattern.compile("(?<key>\\d+)_(?<item>[A-Z]{2})\\.tsv"),
					Set.of("UK", "FR", "DE"))),
				(delivery) -> {
					assertThat(delivery.message().body()).contains("\"UK\"", "\"FR\"", "\"DE\"");
					taken.add(FolderFixture.nameOf(delivery));
					delivery.ack();
				});
		assertThat(taken).hasSize(50).doesNotHaveDuplicates();
		assertThat(this.folder.names()).isEmpty();
	}

	@Test
	void nobodyReadsAPartOfAFileThatIsPut(@TempDir Path elsewhere) throws IOException {
		byte[] content = "0123456789abcde\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
		Path file = Files.write(elsewhere.resolve("0"), content);
		FolderQueue queue = this.folder.open();
		CompletableFuture<Void> puts = CompletableFuture.runAsync(() -> {
			Path current = file;
			for (int number = 1; number <= 100; number++) {
				queue.putCopy(current);
				current = renamed(current, String.valueOf(number));
			}
			queue.put(current);
		});
		Map<String, Long> sizes = new HashMap<>();
		FolderQueue other = this.folder.open();
		while (sizes.size() <= 100) {
			Delivery delivery = FolderFixture.await(other);
			sizes.put(FolderFixture.nameOf(delivery), Files.size(this.folder.claimed(delivery)));
			delivery.ack();
		}
		assertThat(puts).succeedsWithin(Duration.ofSeconds(20));
		assertThat(sizes.values()).containsOnly((long) content.length);
	}

	private static Path renamed(Path file, String name) {
		try {
			return Files.move(file, file.resolveSibling(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String[] names() {
		return IntStream.range(0, FILES).mapToObj("%03d.tsv"::formatted).toArray(String[]::new);
	}

	private void run(FolderQueueBuilder options, Consumer<Delivery> work) {
		List<CompletableFuture<Void>> consumers = new ArrayList<>();
		for (int consumer = 0; consumer < 4; consumer++) {
			FolderQueue queue = this.folder.open(options);
			consumers.add(CompletableFuture.runAsync(() -> workOff(queue, work)));
		}
		assertThat(CompletableFuture.allOf(consumers.toArray(CompletableFuture<?>[]::new)))
			.succeedsWithin(Duration.ofSeconds(60));
	}

	private void workOff(FolderQueue queue, Consumer<Delivery> work) {
		while (!this.folder.names().isEmpty()) {
			Delivery delivery = FolderFixture.poll(queue);
			if (delivery != null) {
				work.accept(delivery);
			}
		}
	}

}
