package io.pubsub.autoconfigure.jdbc;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.autoconfigure.internal.UnusablePropertyException;
import io.pubsub.jdbc.queue.JdbcQueue;
import io.pubsub.jdbc.queue.JdbcQueueDestination;
import io.pubsub.jdbc.queue.JdbcQueueSource;
import io.pubsub.time.Timekeeper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * The durable queues of the application, one object for each of them, so that whoever
 * puts a message wakes whoever waits for it.
 */
final class JdbcQueues implements SourceFactory, DisposableBean {

	private static final String EMBEDDED = "org.springframework.boot.jdbc.EmbeddedDatabaseConnection";

	private final Map<String, JdbcQueue> queues = new ConcurrentHashMap<>();

	private final ObjectProvider<DataSource> dataSource;

	private final ObjectProvider<PlatformTransactionManager> transactionManager;

	private final PubSubJdbcProperties properties;

	private final Timekeeper time;

	JdbcQueues(ObjectProvider<DataSource> dataSource, ObjectProvider<PlatformTransactionManager> transactionManager,
			PubSubJdbcProperties properties, Timekeeper time) {
		this.dataSource = dataSource;
		this.transactionManager = transactionManager;
		this.properties = properties;
		this.time = time;
	}

	@Override
	public boolean supports(String address) {
		return InputAddress.isTable(address);
	}

	@Override
	public JdbcQueueSource create(SourceSettings settings) {
		// While some are at work, others are claimed: more would keep work from others.
		int ahead = Math.min(settings.maxPrefetch(), settings.concurrency());
		return queue(settings.address()).source(settings.concurrency() + ahead, settings.backoff());
	}

	/**
	 * The destination of the queues.
	 * @param topics the topics of the application, each by the rest of the name of its
	 * property; those that are queues are opened
	 * @return the destination
	 */
	JdbcQueueDestination destination(Map<String, String> topics) {
		topics.forEach((entry, address) -> {
			if (supports(address)) {
				open("pubsub.producer.topics." + entry, address);
			}
		});
		return new JdbcQueueDestination(this::queue);
	}

	private void open(String property, String address) {
		try {
			queue(address);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidPropertyException(property, property + ": " + ex.getMessage());
		}
		catch (RuntimeException ex) {
			throw new UnusablePropertyException(property, ex);
		}
	}

	/**
	 * The queue of an address.
	 * @param address the address, {@code jdbc:<queue>} or {@code sqlite:<path>}
	 * @return the same queue for the same address
	 */
	JdbcQueue queue(String address) {
		Path file = InputAddress.sqlitePath(address);
		return (file != null)
				? this.queues.computeIfAbsent("sqlite:" + file.toAbsolutePath().normalize(), (key) -> inFile(file))
				: this.queues.computeIfAbsent(address, this::inDatabase);
	}

	private JdbcQueue inFile(Path file) {
		return JdbcQueue.sqlite(file).options(this.properties.options()).timekeeper(this.time).build();
	}

	private JdbcQueue inDatabase(String address) {
		DataSource database = only(this.dataSource, "DataSource", address);
		return JdbcQueue.builder(InputAddress.tableQueue(address), database)
			.transactionManager(only(this.transactionManager, "PlatformTransactionManager", address))
			.options(this.properties.options())
			.createTables(createsTables(database))
			.timekeeper(this.time)
			.build();
	}

	private boolean createsTables(DataSource database) {
		return switch (this.properties.initializeSchema()) {
			case ALWAYS -> true;
			case NEVER -> false;
			case EMBEDDED -> ClassUtils.isPresent(EMBEDDED, null) && EmbeddedDatabaseConnection.isEmbedded(database);
		};
	}

	private static <T> T only(ObjectProvider<T> beans, String type, String address) {
		T bean = beans.getIfUnique();
		if (bean == null) {
			throw new IllegalStateException(("The queue %s needs a database, but there is no %s, or several of which"
					+ " none is primary: configure one (spring.datasource.url)")
				.formatted(address, type));
		}
		return bean;
	}

	@Override
	public void destroy() {
		this.queues.values().forEach(JdbcQueue::destroy);
	}

}
