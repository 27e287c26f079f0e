package io.pubsub.test;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import io.pubsub.folder.FolderQueue;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * A process that puts files into a folder or works them off, until it is killed. What it
 * does stands in a file beside.
 */
public final class FolderWorker {

	static final Duration LEASE = Duration.ofSeconds(3);

	private static final int MOST_WAITING = 50;

	private static final String CONTENT = "0123456789abcde\n".repeat(4_000);

	private final FolderQueue queue;

	private final Path root;

	private final Path beside;

	FolderWorker(FolderQueue queue, Path beside) {
		this.queue = queue;
		this.root = beside.resolve("in");
		this.beside = beside;
	}

	/**
	 * Works until it is killed.
	 * @param arguments the role, and the directory with the folder {@code in}
	 * @throws Exception if it ends otherwise
	 */
	public static void main(String[] arguments) throws Exception {
		Path beside = Path.of(arguments[1]);
		FolderWorker worker = new FolderWorker(queue(beside), beside);
		while (true) {
			if (arguments[0].equals("put")) {
				worker.put(UUID.randomUUID().toString());
			}
			else {
				worker.work(worker.queue.poll(Duration.ofSeconds(10)));
			}
		}
	}

	static FolderQueue queue(Path beside) {
		return FolderQueue.builder(beside.resolve("in"))
			.settle(Duration.ZERO)
			.lease(LEASE)
			.maxAttempts(1_000)
			.done(Path.of("done"))
			.build();
	}

	// Every other file crosses to the folder as a copy.
	private void put(String name) throws IOException {
		// The others are to have work, and not to be kept from it.
		while (FolderFixture.names(this.root).size() > MOST_WAITING) {
			LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
		}
		Path file = Files.writeString(Files.createDirectories(this.beside.resolve("out")).resolve(name), CONTENT);
		if (name.hashCode() % 2 == 0) {
			this.queue.put(file);
		}
		else {
			this.queue.putCopy(file);
		}
		write("returned " + name);
	}

	void work(@Nullable Delivery delivery) throws IOException {
		if (delivery == null) {
			return;
		}
		String name = FolderFixture.nameOf(delivery);
		Path file = FolderFixture.claimed(this.root, delivery);
		Path mark = this.beside.resolve("at-work").resolve(name);
		mark(mark, delivery);
		write((Files.size(file) == CONTENT.length()) ? "attempted " + name : "partial " + name);
		Files.delete(mark);
		delivery.ack();
		write("done " + name);
	}

	// What the dead have left does not count.
	private void mark(Path mark, Delivery delivery) throws IOException {
		String self = String.valueOf(ProcessHandle.current().pid());
		try {
			Files.writeString(mark, self, StandardOpenOption.CREATE_NEW);
		}
		catch (FileAlreadyExistsException ex) {
			String other = Files.readString(mark);
			if (!other.isEmpty()
					&& ProcessHandle.of(Long.parseLong(other)).filter(ProcessHandle::isAlive).isPresent()) {
				write("twice " + delivery.message().id() + " by " + self + " and " + other);
			}
			Files.writeString(mark, self);
		}
	}

	private void write(String line) throws IOException {
		Files.writeString(this.beside.resolve("log"), line + "\n", StandardOpenOption.CREATE,
				StandardOpenOption.APPEND);
	}

}
