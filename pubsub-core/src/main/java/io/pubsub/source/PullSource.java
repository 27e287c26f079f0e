package io.pubsub.source;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Source} of a {@link Feed}: a source of one's own, of which only the system
 * behind it has to be written.
 * <p>
 * The feed is asked while fewer messages are unsettled than the limit, at once after it
 * gave something new and otherwise after the poll interval. When it fails, it is asked
 * again after 1 s to 30 s. An id is in flight once. Messages of a group are handed over
 * one after the other; those that were given behind one that failed go back with it.
 * Attempts are counted for the last 10,000 messages that failed.
 * <p>
 * Several subscriptions may be started; each asks the feed on a thread of its own.
 *
 * @since 0.1.0
 */
public final class PullSource implements Source {

	private static final Logger logger = LoggerFactory.getLogger(PullSource.class);

	private static final int DEFAULT_LIMIT = 10;

	private final FeedCalls calls;

	private final @Nullable Integer limit;

	private final PullRules rules;

	private final Timekeeper timekeeper;

	private PullSource(Builder options) {
		this.calls = new FeedCalls(options.name, options.feed);
		this.limit = options.limit;
		this.rules = new PullRules(options.backoff, options.interval, options.permission);
		this.timekeeper = options.timekeeper;
	}

	/**
	 * A source with the defaults of the builder.
	 * @param name the name of the feed, for its thread and for logs
	 * @param feed the feed
	 * @return the source, which is not started
	 */
	public static PullSource of(String name, Feed feed) {
		return builder(name, feed).build();
	}

	/**
	 * A builder of a source.
	 * @param name the name of the feed, for its thread and for logs
	 * @param feed the feed
	 * @return a new builder
	 */
	public static Builder builder(String name, Feed feed) {
		return new Builder(name, feed);
	}

	@Override
	public Subscription start(Receiver receiver) {
		return start(receiver, Integer.MAX_VALUE);
	}

	@Override
	public Subscription start(Receiver receiver, int limit) {
		Timekeeper time = this.timekeeper.part();
		int slots = slots(receiver);
		PullSubscription subscription = new PullSubscription(this.calls, this.rules, new PullSlots(slots, limit),
				receiver, time);
		CompletionStage<Void> unused = subscription.exhausted().whenComplete((end, failure) -> time.close());
		open(subscription, time);
		logger.info("Pulling from {}, with at most {} messages unsettled", name(), slots);
		subscription.start();
		return subscription;
	}

	private static void open(PullSubscription subscription, Timekeeper time) {
		try {
			subscription.open();
		}
		catch (RuntimeException ex) {
			time.close();
			throw ex;
		}
	}

	private int slots(Receiver receiver) {
		Integer slots = (this.limit != null) ? this.limit : receiver.concurrency();
		return (slots != null) ? slots : DEFAULT_LIMIT;
	}

	/**
	 * The name of the feed.
	 * @return the name, for people
	 */
	public String name() {
		return this.calls.name();
	}

	/**
	 * The number of calls of the feed that have failed.
	 * @return the number, of all subscriptions, which goes on counting
	 */
	public long failures() {
		return this.calls.failures();
	}

	@Override
	public String toString() {
		return "PullSource[" + name() + "]";
	}

	/**
	 * Options of a source, each with a default.
	 */
	public static final class Builder {

		private final String name;

		private final Feed feed;

		private @Nullable Integer limit;

		private BackoffPolicy backoff = BackoffPolicy.DEFAULT;

		private PollInterval interval = new PollInterval(Duration.ofSeconds(1), Duration.ofSeconds(1));

		private @Nullable Permission permission;

		private Timekeeper timekeeper = Timekeeper.shared();

		private Builder(String name, Feed feed) {
			check(!name.isBlank(), "a feed needs a name");
			this.name = name;
			this.feed = feed;
		}

		/**
		 * Limits the number of messages that are unsettled, until the concurrency of the
		 * subscription is changed. The default is the concurrency of the receiver, or 10.
		 * @param limit the number, from 1 to {@link Receiver#MAX_CONCURRENCY}
		 * @return this builder
		 */
		public Builder limit(int limit) {
			check(limit >= 1 && limit <= Receiver.MAX_CONCURRENCY,
					"the limit of a feed must be from 1 to %d, not %d".formatted(Receiver.MAX_CONCURRENCY, limit));
			this.limit = limit;
			return this;
		}

		/**
		 * Sets the delay of a failure when nobody asked for a certain one. The default is
		 * exponential, from 1 s to 15 min.
		 * @param backoff the policy
		 * @return this builder
		 */
		public Builder backoff(BackoffPolicy backoff) {
			this.backoff = backoff;
			return this;
		}

		/**
		 * Sets the time after which a feed that gave nothing new is asked again. The
		 * default is 1 s.
		 * @param pollInterval the time, at least 1 ms
		 * @return this builder
		 */
		public Builder pollInterval(Duration pollInterval) {
			return pollInterval(pollInterval, pollInterval);
		}

		/**
		 * Sets the time after which a feed that gave nothing new is asked again: it
		 * doubles while nothing comes.
		 * @param shortest the time at first, at least 1 ms
		 * @param longest the longest time
		 * @return this builder
		 */
		public Builder pollInterval(Duration shortest, Duration longest) {
			this.interval = new PollInterval(shortest, longest);
			return this;
		}

		/**
		 * Lets the feed be asked only while a condition holds, which is looked at every 2
		 * s. When it ends, messages that nobody has begun go back.
		 * @param condition the condition, which may block, and holds no longer if it
		 * throws
		 * @return this builder
		 */
		public Builder runWhen(BooleanSupplier condition) {
			this.permission = Permission.when(condition);
			return this;
		}

		/**
		 * Lets the feed be asked only while this instance holds a lock, such as one of a
		 * {@code LockRegistry} of Spring Integration: one of several instances runs, and
		 * another one takes over when it has stopped or died. The lock is tried every 2
		 * s, by the same thread, also while it is held, so that one that expires is
		 * renewed; it has to stay valid for several times as long. It is given up when
		 * nothing is in flight any more.
		 * @param lock the lock
		 * @return this builder
		 */
		public Builder runWhen(Lock lock) {
			this.permission = Permission.holding(lock);
			return this;
		}

		/**
		 * Sets the time. The default is {@link Timekeeper#shared()}.
		 * @param timekeeper the timekeeper, which stays the caller's to close
		 * @return this builder
		 */
		public Builder timekeeper(Timekeeper timekeeper) {
			this.timekeeper = timekeeper;
			return this;
		}

		/**
		 * Makes the source.
		 * @return the source, which is not started
		 */
		public PullSource build() {
			return new PullSource(this);
		}

		private static void check(boolean condition, String message) {
			if (!condition) {
				throw new IllegalArgumentException(message);
			}
		}

	}

}
