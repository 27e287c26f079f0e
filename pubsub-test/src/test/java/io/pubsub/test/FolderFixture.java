package io.pubsub.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderQueueBuilder;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import org.awaitility.Awaitility;

/**
 * A folder, and its users in a test.
 */
final class FolderFixture implements AutoCloseable {

	static final Duration LEASE = Duration.ofSeconds(60);

	final TestClock clock = new TestClock();

	final Path root;

	private final List<FolderQueue> queues = new CopyOnWriteArrayList<>();

	FolderFixture(Path root) {
		this.root = root;
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

	@Override
	public void close() {
		this.queues.forEach(FolderQueue::close);
	}

}
