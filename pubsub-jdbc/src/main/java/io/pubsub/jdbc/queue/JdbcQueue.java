package io.pubsub.jdbc.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;

import javax.sql.DataSource;

import io.pubsub.source.UpstreamFailedException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;

/**
 * A durable queue in a database, which any number of processes may share: PostgreSQL, H2,
 * or a file of SQLite on a local disk.
 * <p>
 * What {@link #put(String)} has returned for is there after a crash; in a file of H2 only
 * with a {@code WRITE_DELAY} of 0, which is not its default. A message is claimed by one
 * consumer at a time, which extends its claim while it lives; that of one that has died
 * expires, and the message comes again, so that it may be worked on more than once. One
 * settlement of a message is accepted at most. Of a group, the oldest message that is not
 * done with is worked on, and the others wait for it; groups do not wait for each other.
 * The same body twice is two pieces of work. What keeps failing is parked, and holds its
 * group, until somebody releases or discards it.
 * <p>
 * {@link #source(Integer, BackoffPolicy)} and {@link JdbcQueueDestination} connect it
 * with handlers and producers; {@link #poll(Duration)} is for a loop of one's own.
 * Failures of the database are thrown as
 * {@link org.springframework.dao.DataAccessException}. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class JdbcQueue implements DisposableBean {

	private final String name;

	private final QueueOptions options;

	private final QueueStore store;

	private final LeaseKeeper keeper;

	private final Poller poller;

	private final Timekeeper time;

	private final ExecutorService executor;

	private final Runnable release;

	JdbcQueue(JdbcQueueBuilder builder, QueueStore store, ExecutorService executor, Runnable release) {
		this.name = builder.label();
		this.options = builder.options();
		this.store = store;
		this.time = builder.timekeeper().part();
		this.executor = executor;
		this.release = release;
		this.keeper = new LeaseKeeper(this.name, store, this.options.lease(), this.time, executor);
		this.poller = new Poller(new QueueEnd(this.name), store, this.keeper,
				new Endings(builder.backoff(), this.options.maxAttempts()), this.time, this.options.pollInterval());
	}

	/**
	 * A builder of a queue in a database of the application.
	 * @param name the name of the queue, 1 to 100 characters
	 * @param dataSource the database
	 * @return a new builder
	 */
	public static JdbcQueueBuilder builder(String name, DataSource dataSource) {
		return new JdbcQueueBuilder(name, dataSource);
	}

	/**
	 * A builder of a queue in a file of SQLite, which is created with the queue. It needs
	 * {@code org.xerial:sqlite-jdbc}. Each process opens a file once.
	 * @param file the file, on a local disk, in a directory that exists
	 * @return a new builder
	 */
	public static JdbcQueueBuilder sqlite(Path file) {
		return new JdbcQueueBuilder(file);
	}

	/**
	 * The name of the queue.
	 * @return the name; of a file, {@code sqlite:} and its path
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Puts a message.
	 * @param body the text of the message
	 * @return the id of the message
	 * @throws QueueClosedException if the input was closed, or has failed
	 */
	public String put(String body) {
		return put(List.of(new QueueMessage(body))).get(0);
	}

	/**
	 * Puts messages, all or none: in the transaction of the caller if there is one, else
	 * in one of their own.
	 * @param messages the messages
	 * @return their ids, in the order of the list; a message that repeats another one
	 * within the deduplication window is dropped, and has the id of that
	 * @throws QueueClosedException if the input was closed, or has failed
	 */
	public List<String> put(List<QueueMessage> messages) {
		return this.store.put(messages);
	}

	/**
	 * Waits for a message and claims it. The claim is extended until the delivery is
	 * settled, which is carried out before the method returns that does it.
	 * @param wait the longest time to wait
	 * @return the delivery; {@code null} if none came in time, or if the input was closed
	 * and nothing is left
	 * @throws UpstreamFailedException if the input has failed
	 * @throws InterruptedException if the thread is interrupted while it waits
	 */
	public @Nullable Delivery poll(Duration wait) throws InterruptedException {
		return this.poller.poll(wait);
	}

	/**
	 * A source of the messages.
	 * @param limit the largest number of messages that are unsettled; {@code null} for as
	 * many as the receiver works on at the same time
	 * @param backoff the policy for the delay of a failure when nobody asks for another
	 * @return the source, which is not started
	 */
	public JdbcQueueSource source(@Nullable Integer limit, BackoffPolicy backoff) {
		Endings endings = new Endings(backoff, this.options.maxAttempts());
		return new JdbcQueueSource(this.name,
				() -> new QueueFeed(this.name, this.store, this.keeper, endings, this.time, this.options.lease()),
				limit, backoff, this.options.pollInterval(), this.time);
	}

	/**
	 * Closes the input: all has come. Consumers end when nothing is left.
	 */
	public void close() {
		this.store.input(QueueState.Input.CLOSED, List.of(QueueState.Input.OPEN), null);
	}

	/**
	 * Says that a producer has failed: what is in the queue may be only a part of what
	 * should be. Consumers end at once with an {@link UpstreamFailedException}; what is
	 * in the queue stays.
	 * @param reason the reason, for people
	 */
	public void fail(String reason) {
		this.store.input(QueueState.Input.FAILED, List.of(QueueState.Input.OPEN, QueueState.Input.CLOSED),
				Reasons.cut(reason));
	}

	/**
	 * Opens the input again, for another run.
	 */
	public void reopen() {
		this.store.input(QueueState.Input.OPEN, List.of(QueueState.Input.CLOSED, QueueState.Input.FAILED), null);
	}

	/**
	 * The state of the queue, which counts all that is in it.
	 * @return the state at this moment
	 */
	public QueueState state() {
		return this.store.state();
	}

	/**
	 * The messages that are not done with, those that were parked apart.
	 * @param most the largest number
	 * @return the messages, oldest first
	 */
	public List<InboundMessage> outstanding(int most) {
		return this.store.outstanding(most);
	}

	/**
	 * Ends all that is outstanding, for work that is done as a whole. What is at work
	 * goes on, and is lost to who works on it.
	 * @return the number of messages
	 */
	public int markAllDone() {
		return this.store.endAll();
	}

	/**
	 * The messages that were given up.
	 * @param most the largest number
	 * @return the messages, oldest first
	 */
	public List<ParkedMessage> parked(int most) {
		return this.store.parked(most);
	}

	/**
	 * Lets a parked message be tried again, from its first attempt on.
	 * @param id the id of the message
	 * @return {@code false} if it is not parked
	 */
	public boolean release(String id) {
		return this.store.release(id) > 0;
	}

	/**
	 * Lets all parked messages be tried again, from their first attempt on.
	 * @return their number
	 */
	public int releaseAll() {
		return this.store.release(null);
	}

	/**
	 * Deletes a parked message.
	 * @param id the id of the message
	 * @return {@code false} if it is not parked
	 */
	public boolean discard(String id) {
		return this.store.discard(id);
	}

	QueueStore store() {
		return this.store;
	}

	/**
	 * Ends the use of the queue by this process, which is none of the queue's business.
	 * What is claimed comes again when the claim expires.
	 */
	@Override
	public void destroy() {
		this.time.close();
		this.executor.shutdown();
		this.release.run();
	}

	@Override
	public String toString() {
		return "JdbcQueue[" + this.name + "]";
	}

}
