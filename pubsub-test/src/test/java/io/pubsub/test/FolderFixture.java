package io.pubsub.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderQueueBuilder;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A folder, and its users in a test.
 */
final class FolderFixture implements BeforeEachCallback, AfterEachCallback {

	static final Duration LEASE = Duration.ofSeconds(60);

	final TestClock clock = new TestClock();

	private final List<FolderQueue> queues = new CopyOnWriteArrayList<>();

	private Path root = Path.of("missing");

	@Override
	public void beforeEach(ExtensionContext context) throws IOException {
		this.root = Files.createTempDirectory("pubsub-folder");
	}

	@Override
	public void afterEach(ExtensionContext context) throws IOException {
		this.queues.forEach(FolderQueue::close);
		delete(this.root);
	}

	static void delete(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
		}
	}

	/**
	 * The folder, or a file in it.
	 * @param names the names of the file and of the folders where it is
	 * @return the path
	 */
	Path path(String... names) {
		return this.root.resolve(Path.of("", names));
	}

	/**
	 * Options of a user whose files need no time to settle.
	 * @return a new builder
	 */
	FolderQueueBuilder builder() {
		return builder(this.clock);
	}

	FolderQueueBuilder builder(TestClock clock) {
		return FolderQueue.builder(this.root)
			.settle(Duration.ZERO)
			.lease(LEASE)
			.backoff(BackoffPolicy.fixed(Duration.ZERO))
			.timekeeper(clock.timekeeper());
	}

	FolderQueue open() {
		return open(builder());
	}

	FolderQueue open(FolderQueueBuilder builder) {
		FolderQueue queue = builder.build();
		this.queues.add(queue);
		return queue;
	}

	/**
	 * A user whose clock stands still, as if its process were dead.
	 * @return the user
	 */
	FolderQueue openFrozen() {
		return open(builder(new TestClock()));
	}

	void write(String... names) {
		for (String name : names) {
			try {
				Files.writeString(this.root.resolve(name), "content of " + name);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/**
	 * Moves the clock on until something has come.
	 * @param queue the queue to poll
	 * @param within the longest time
	 * @return the delivery
	 */
	Delivery pollAfter(FolderQueue queue, Duration within) {
		Duration passed = Duration.ZERO;
		Delivery delivery = poll(queue);
		while (delivery == null && passed.compareTo(within) < 0) {
			this.clock.advance(Duration.ofSeconds(1));
			passed = passed.plusSeconds(1);
			delivery = poll(queue);
		}
		if (delivery == null) {
			throw new AssertionError("nothing has come within " + within + " of " + names());
		}
		return delivery;
	}

	static Delivery poll(FolderQueue queue) {
		try {
			return queue.poll(Duration.ZERO);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Waits for a message, by the clock of the system.
	 * @param queue the queue to poll
	 * @return the delivery
	 */
	static Delivery await(FolderQueue queue) {
		return Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(10))
			.pollInSameThread()
			.until(() -> poll(queue), (delivery) -> delivery != null);
	}

	/**
	 * The name of the file of a delivery.
	 * @param delivery the delivery
	 * @return the name, without the time that makes it an id
	 */
	static String nameOf(Delivery delivery) {
		String id = delivery.message().id();
		return id.substring(0, id.lastIndexOf('@'));
	}

	/**
	 * The file of a delivery while somebody has it.
	 * @param delivery the delivery of one file
	 * @return the file
	 */
	Path claimed(Delivery delivery) {
		return claimed(this.root, delivery);
	}

	static Path claimed(Path folder, Delivery delivery) {
		String claimed = nameOf(delivery) + ".";
		return folder.resolve(names(folder).stream()
			.filter((name) -> name.startsWith(claimed) && name.endsWith(".wip"))
			.findFirst()
			.orElseThrow());
	}

	List<String> names() {
		return names(this.root);
	}

	/**
	 * The files in a folder.
	 * @param folder the folder
	 * @return their names in their order, without folders
	 */
	static List<String> names(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(Files::isRegularFile).map((file) -> file.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
