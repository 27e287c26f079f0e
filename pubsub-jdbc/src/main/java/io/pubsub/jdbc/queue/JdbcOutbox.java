package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.publish.Outbox;
import io.pubsub.publish.PendingMessages;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;

/**
 * {@link Outbox} in a table of the application's database, PostgreSQL or H2, which all
 * instances of an application share.
 * <p>
 * What is produced in a transaction of that database becomes a row of it right before the
 * commit: what is rolled back is never published, and what is committed is never lost.
 * Whatever instance is {@linkplain #start(Destination) started} publishes it, at least
 * once, with the same deduplication id each time. Of a group, the oldest message is
 * published first, and the others wait for it; groups do not wait for each other. A
 * message that is refused for its own sake is parked in the end, with the reason, and
 * holds its group until somebody releases or discards it; an outage is nobody's attempt.
 * <p>
 * Failures of the database are thrown as
 * {@link org.springframework.dao.DataAccessException}. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class JdbcOutbox implements Outbox, DisposableBean {

	private final String name;

	private final OutboxOptions options;

	private final QueueStore store;

	private final OutboxTransactions transactions;

	private final Consumer<OutboundMessage> check;

	private final boolean keepsAll;

	private final AddressPauses pauses;

	private final ShipmentEndings endings;

	private final LeaseKeeper keeper;

	private final Timekeeper time;

	private final OutboxThreads threads;

	@GuardedBy("this")
	private @Nullable OutboxRelay relay;

	JdbcOutbox(JdbcOutboxBuilder builder, QueueStore store, OutboxThreads threads) {
		this.name = builder.name();
		this.options = builder.options();
		this.store = store;
		this.transactions = new OutboxTransactions(store);
		this.check = builder.check();
		this.keepsAll = builder.keepsAll();
		this.time = builder.timekeeper().part();
		this.pauses = new AddressPauses(this.time);
		this.endings = new ShipmentEndings(this.options, this.pauses);
		this.threads = threads;
		this.keeper = new LeaseKeeper(this.name, store, this.options.lease(), this.time, threads.leases());
	}

	/**
	 * A builder of an outbox.
	 * @param name the name that all instances of an application have in common, and other
	 * applications have not, 1 to 80 characters
	 * @param dataSource the database of the application
	 * @return a new builder
	 */
	public static JdbcOutboxBuilder builder(String name, DataSource dataSource) {
		return new JdbcOutboxBuilder(name, dataSource);
	}

	@Override
	public @Nullable PendingMessages current(Supplier<PendingMessages> newMessages) {
		return this.transactions.current(newMessages);
	}

	@Override
	public void checkTransaction() {
		this.transactions.check();
	}

	@Override
	public void check(OutboundMessage message) {
		Columns.check(message);
		this.check.accept(message);
	}

	@Override
	public Destination outsideOfTransactions(Destination direct) {
		return this.keepsAll ? this::keep : direct;
	}

	private CompletableFuture<List<PublishResult>> keep(List<OutboundMessage> messages) {
		return CompletableFuture
			.completedFuture(this.store.add(messages).stream().map(PublishResult::published).toList());
	}

	/**
	 * Starts to publish what is in the outbox, unless that is done already.
	 * @param destination the destination of all messages
	 */
	public synchronized void start(Destination destination) {
		if (this.relay == null) {
			OutboxRelay started = new OutboxRelay(this.store, this.keeper, this.endings, this.pauses, this.options,
					this.time, this.threads.relay(), destination);
			this.relay = started;
			started.start();
		}
	}

	/**
	 * Stops to publish, when what is due and what is on its way has been published, or
	 * after a time. What is left is published by other instances, or after the next
	 * start.
	 * @param longest the longest time to wait
	 */
	public synchronized void stop(Duration longest) {
		OutboxRelay stopped = this.relay;
		if (stopped != null) {
			this.relay = null;
			stopped.stop(longest);
		}
	}

	/**
	 * Whether this process publishes what is in the outbox.
	 * @return {@code false} if it was not started, or was stopped
	 */
	public synchronized boolean isRunning() {
		return this.relay != null;
	}

	/**
	 * The name of the outbox.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The state of the outbox, which counts all that is in it.
	 * @return the state at this moment
	 */
	public OutboxState state() {
		QueueState state = this.store.state();
		return new OutboxState(state.outstanding(), state.parked(), state.oldest(), this.pauses.reasons());
	}

	/**
	 * How many messages this process has published out of the outbox.
	 * @return the number until now
	 */
	public long relayed() {
		return this.endings.published();
	}

	/**
	 * How many messages this process has parked.
	 * @return the number until now
	 */
	public long refused() {
		return this.endings.parked();
	}

	/**
	 * The messages that were given up.
	 * @param most the largest number
	 * @return the messages, oldest first
	 */
	public List<ParkedOutboundMessage> parked(int most) {
		return this.store.parkedOutbound(most);
	}

	/**
	 * Lets a parked message be tried again, from its first attempt on.
	 * @param id the id of the message in the outbox
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
	 * Deletes a parked message, which is never published.
	 * @param id the id of the message in the outbox
	 * @return {@code false} if it is not parked
	 */
	public boolean discard(String id) {
		return this.store.discard(id);
	}

	/**
	 * Ends the use of the outbox by this process. What is on its way is published again
	 * when its lease is over.
	 */
	@Override
	public void destroy() {
		stop(Duration.ZERO);
		this.time.close();
		this.threads.close();
	}

	@Override
	public String toString() {
		return "JdbcOutbox[" + this.name + "]";
	}

}
