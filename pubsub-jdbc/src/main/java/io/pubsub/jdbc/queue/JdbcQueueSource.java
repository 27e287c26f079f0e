package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.function.Supplier;

import io.pubsub.source.PullSource;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * {@link Source} of a {@link JdbcQueue}.
 * <p>
 * It claims as many messages at once as can be handed over, and settles together those
 * that have ended meanwhile. It comes to its end when the input of the queue was closed
 * and nothing is left, and fails when the input has failed.
 *
 * @since 0.1.0
 */
public final class JdbcQueueSource implements Source {

	private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(50);

	private final String name;

	private final Supplier<QueueFeed> feeds;

	private final @Nullable Integer limit;

	private final BackoffPolicy backoff;

	private final Duration pollInterval;

	private final Timekeeper time;

	JdbcQueueSource(String name, Supplier<QueueFeed> feeds, @Nullable Integer limit, BackoffPolicy backoff,
			Duration pollInterval, Timekeeper time) {
		this.name = name;
		this.feeds = feeds;
		this.limit = limit;
		this.backoff = backoff;
		this.pollInterval = pollInterval;
		this.time = time;
	}

	@Override
	public Subscription start(Receiver receiver) {
		return start(receiver, Integer.MAX_VALUE);
	}

	@Override
	public Subscription start(Receiver receiver, int limit) {
		PullSource.Builder source = PullSource.builder(this.name, this.feeds.get())
			.backoff(this.backoff)
			.pollInterval(shortest(), this.pollInterval)
			.timekeeper(this.time);
		if (this.limit != null) {
			source.limit(this.limit);
		}
		return source.build().start(receiver, limit);
	}

	private Duration shortest() {
		return (SHORTEST_INTERVAL.compareTo(this.pollInterval) < 0) ? SHORTEST_INTERVAL : this.pollInterval;
	}

	@Override
	public String toString() {
		return "JdbcQueueSource[" + this.name + "]";
	}

}
