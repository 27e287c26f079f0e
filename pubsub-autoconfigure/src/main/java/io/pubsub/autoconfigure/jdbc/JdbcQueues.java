package io.pubsub.autoconfigure.jdbc;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.jdbc.queue.JdbcQueue;
import io.pubsub.jdbc.queue.JdbcQueueSource;
import io.pubsub.time.Timekeeper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The durable queues of the application, one object for each address, so that whoever
 * puts a message wakes whoever waits for it.
 */
final class JdbcQueues implements SourceFactory, DisposableBean {

	private final Map<String, JdbcQueue> queues = new ConcurrentHashMap<>();

	private final ObjectProvider<DataSource> dataSource;

	private final ObjectProvider<PlatformTransactionManager> transactionManager;

	private final Timekeeper time;

	JdbcQueues(ObjectProvider<DataSource> dataSource, ObjectProvider<PlatformTransactionManager> transactionManager,
			Timekeeper time) {
		this.dataSource = dataSource;
		this.transactionManager = transactionManager;
		this.time = time;
	}

	@Override
	public boolean supports(String address) {
		return InputAddress.isTable(address);
	}

	@Override
	public JdbcQueueSource create(SourceSettings settings) {
		return queue(settings.address()).source(settings.concurrency(), settings.backoff());
	}

	/**
	 * The queue of an address.
	 * @param address the address, {@code jdbc:<queue>} or {@code sqlite:<path>}
	 * @return the same queue for the same address
	 */
	JdbcQueue queue(String address) {
		return this.queues.computeIfAbsent(address, this::open);
	}

	private JdbcQueue open(String address) {
		Path file = InputAddress.sqlitePath(address);
		if (file != null) {
			return JdbcQueue.sqlite(file).timekeeper(this.time).build();
		}
		return JdbcQueue.builder(InputAddress.tableQueue(address), only(this.dataSource, "DataSource", address))
			.transactionManager(only(this.transactionManager, "PlatformTransactionManager", address))
			.timekeeper(this.time)
			.build();
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
