package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.pubsub.test.QueueUnderTest;
import io.pubsub.test.TestClock;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;

/**
 * A {@link JdbcQueue} and the clock that it goes by.
 */
final class ContractQueue implements QueueUnderTest {

	static final QueueOptions OPTIONS = new QueueOptions(Duration.ofSeconds(3), 10, Duration.ofSeconds(20),
			Duration.ofMillis(5));

	private static final Duration STEP = Duration.ofMillis(500);

	private static final int TICKS = 10;

	private final ExecutorService renewals = Executors.newSingleThreadExecutor();

	private final TestClock clock = new TestClock();

	private final QueueDatabase database;

	private final QueueDatabase.SteppingTimekeeper time = new QueueDatabase.SteppingTimekeeper(this.clock.timekeeper());

	private final JdbcQueue queue;

	ContractQueue(QueueDatabase database) {
		this(database, OPTIONS);
	}

	ContractQueue(QueueDatabase database, QueueOptions options) {
		this.database = database;
		this.queue = database.queue().options(options).timekeeper(this.time).executor(this.renewals).build();
	}

	JdbcQueue queue() {
		return this.queue;
	}

	/**
	 * Makes another queue object, as another process would have it. Its clock is the
	 * same.
	 * @return the queue
	 */
	JdbcQueue another() {
		return this.database.queue()
			.options(OPTIONS)
			.timekeeper(this.time)
			.executor(Executors.newSingleThreadExecutor())
			.build();
	}

	void step(Duration step) {
		this.time.step(step);
	}

	@Override
	public Source source(int limit, BackoffPolicy backoff) {
		return this.queue.source(limit, backoff);
	}

	@Override
	public void send(String body, Map<String, String> attributes) {
		this.queue.put(List.of(new QueueMessage(body, attributes, null, null)));
	}

	/**
	 * Passes time in steps, so that the renewal of leases comes in time.
	 * @param duration the time that passes
	 */
	@Override
	public void passTime(Duration duration) {
		Duration rest = duration;
		while (rest.compareTo(STEP) > 0) {
			pass(STEP);
			rest = rest.minus(STEP);
		}
		pass(rest);
		// A thread may come to its timer after the clock was moved.
		for (int i = 0; i < TICKS; i++) {
			pass(Duration.ofMillis(1));
			Awaitility.await().pollDelay(Duration.ofMillis(5)).pollInterval(Duration.ofMillis(1)).until(() -> true);
		}
	}

	/**
	 * Passes time in which this process does nothing.
	 * @param duration the time that passes
	 */
	void freeze(Duration duration) {
		this.clock.skip(duration);
		this.database.passTime(duration);
	}

	private void pass(Duration duration) {
		this.database.passTime(duration);
		this.clock.advance(duration);
		CompletableFuture.runAsync(() -> {
		}, this.renewals).join();
	}

}
