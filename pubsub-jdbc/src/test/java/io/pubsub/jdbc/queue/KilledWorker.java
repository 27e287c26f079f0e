package io.pubsub.jdbc.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A process that puts messages or works on them, until it is killed. What it does stands
 * in a file beside.
 */
public final class KilledWorker {

	static final QueueOptions OPTIONS = new QueueOptions(Duration.ofSeconds(1), 1_000, Duration.ZERO,
			Duration.ofMillis(100));

	private static final int MOST_WAITING = 50;

	private KilledWorker() {
	}

	/**
	 * Works until it is killed.
	 * @param arguments the role, the address of the database, and the file to write to
	 * @throws Exception if it ends otherwise
	 */
	public static void main(String[] arguments) throws Exception {
		JdbcQueue queue = queue(arguments[1]);
		Path log = Path.of(arguments[2]);
		while (true) {
			if (arguments[0].equals("put")) {
				awaitRoom(queue);
				String body = UUID.randomUUID().toString();
				queue.put(body);
				write(log, "returned " + body);
			}
			else {
				work(queue.poll(Duration.ofSeconds(10)), log);
			}
		}
	}

	// The others are to have work, and not to be kept from it.
	private static void awaitRoom(JdbcQueue queue) {
		while (queue.state().waiting() > MOST_WAITING) {
			LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
		}
	}

	static JdbcQueue queue(String address) {
		JdbcQueueBuilder builder = address.startsWith("jdbc:")
				? JdbcQueue.builder("killed", new DriverManagerDataSource(address, "postgres", ""))
				: JdbcQueue.sqlite(Path.of(address));
		return builder.options(OPTIONS).build();
	}

	static void work(@Nullable Delivery delivery, Path log) throws IOException {
		if (delivery != null) {
			write(log, "attempted " + delivery.message().body());
			delivery.ack();
			write(log, "done " + delivery.message().body());
		}
	}

	private static void write(Path log, String line) throws IOException {
		Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

}
