package io.pubsub.jdbc.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.SnsProducer;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An instance of a service that commits and rolls back messages, and relays those of all
 * instances, until it is killed. What it does stands in a file beside.
 */
public final class KilledRelay {

	static final String ROLLED_BACK = "rolledback";

	private static final int GROUPS = 5;

	private static final OutboxOptions OPTIONS = new OutboxOptions(Duration.ofSeconds(1), Duration.ofMillis(100), 3,
			BackoffPolicy.fixed(Duration.ofSeconds(1)), Duration.ZERO, false);

	private KilledRelay() {
	}

	/**
	 * Works until it is killed.
	 * @param arguments the name of the instance, the address of the database, and the
	 * file to write to
	 * @throws Exception if it ends otherwise
	 */
	public static void main(String[] arguments) throws Exception {
		DataSource database = new SimpleDriverDataSource(new org.postgresql.Driver(), arguments[1], "postgres", "");
		Path log = Path.of(arguments[2]);
		JdbcOutbox outbox = outbox(database);
		PublishScopes scopes = new PublishScopes(outbox);
		SnsProducer producer = OutboxFixture.producer(outbox, scopes, broker(log), Clock.systemUTC());
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
		outbox.start(broker(log));
		for (int number = 0; true; number++) {
			String text = arguments[0] + "-" + number % GROUPS + "-" + number;
			transaction.executeWithoutResult((status) -> {
				producer.produce(OutboxFixture.message("text/order", text));
				producer.produce(OutboxFixture.message("text/order", ROLLED_BACK + text));
				status.setRollbackOnly();
			});
			transaction.executeWithoutResult((status) -> producer.produce(OutboxFixture.message("text/order", text)));
			write(log, "committed " + text);
		}
	}

	static JdbcOutbox outbox(DataSource database) {
		return JdbcOutbox.builder("killed", database).options(OPTIONS).createTables(true).build();
	}

	static Destination broker(Path log) {
		return (messages) -> CompletableFuture
			.supplyAsync(() -> messages.stream().map((message) -> publish(message, log)).toList());
	}

	private static PublishResult publish(OutboundMessage message, Path log) {
		write(log, "published " + OutboxFixture.text(message));
		return PublishResult.published("id");
	}

	private static void write(Path log, String line) {
		try {
			Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What stands in the file.
	 * @param log the file
	 * @param kind the kind of entry
	 * @return the texts, in their order
	 * @throws IOException if the file cannot be read
	 */
	static List<String> entries(Path log, String kind) throws IOException {
		if (!Files.exists(log)) {
			return List.of();
		}
		return Files.readAllLines(log)
			.stream()
			.filter((line) -> line.startsWith(kind + " "))
			.map((line) -> line.substring(kind.length() + 1))
			.toList();
	}

}
