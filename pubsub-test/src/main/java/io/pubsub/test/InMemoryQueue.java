package io.pubsub.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.TrackedDelivery;
import io.pubsub.transport.internal.Pump;
import org.jspecify.annotations.Nullable;

/**
 * A queue that behaves as one of SQS does to a {@link Source}, with time in the hands of
 * a {@link TestClock}.
 * <p>
 * Nothing happens in the background. A message is handed over by the call that makes it
 * possible, before that call returns: sending, starting, resuming, settling or moving the
 * clock. Only when another thread is handing over at the same moment, that one does it. A
 * receiver that hands back at once whatever it gets therefore keeps that call busy.
 * <p>
 * As a source of SQS extends the visibility of what is being worked on, a delivery stays
 * with its subscription for as long as that runs. What a stopped subscription leaves
 * unsettled comes again after the visibility timeout.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class InMemoryQueue {

	private static final Duration DEFAULT_VISIBILITY_TIMEOUT = Duration.ofSeconds(30);

	private static final BackoffPolicy DEFAULT_BACKOFF = BackoffPolicy.fixed(Duration.ofSeconds(5));

	private static final int DEFAULT_LIMIT = 10;

	private final TestClock clock;

	private final Duration visibilityTimeout;

	@GuardedBy("this")
	private final PriorityQueue<Entry> waiting = new PriorityQueue<>(
			Comparator.comparing(Entry::visibleAt).thenComparingLong(Entry::order));

	@GuardedBy("this")
	private final Deque<InMemorySubscription> subscriptions = new ArrayDeque<>();

	private final Pump handOver = new Pump(this::handOverAll);

	private final AtomicInteger size = new AtomicInteger();

	private final AtomicInteger ids = new AtomicInteger();

	@GuardedBy("this")
	private long order;

	/**
	 * A queue whose visibility timeout is 30 s.
	 * @param clock the only time there is
	 */
	public InMemoryQueue(TestClock clock) {
		this(clock, DEFAULT_VISIBILITY_TIMEOUT);
	}

	/**
	 * A queue.
	 * @param clock the only time there is
	 * @param visibilityTimeout the time for which a message that a stopped subscription
	 * left unsettled stays away
	 */
	public InMemoryQueue(TestClock clock, Duration visibilityTimeout) {
		this.clock = clock;
		this.visibilityTimeout = visibilityTimeout;
		clock.onAdvance(this::handOver);
	}

	/**
	 * Sends a message without attributes.
	 * @param body the text of the message
	 * @return the id of the message
	 */
	public String send(String body) {
		return send(body, Map.of());
	}

	/**
	 * Sends a message.
	 * @param body the text of the message
	 * @param attributes the attributes beside the body
	 * @return the id of the message
	 */
	public String send(String body, Map<String, String> attributes) {
		return send(body, attributes, null);
	}

	String send(String body, Map<String, String> attributes, @Nullable String groupId) {
		String id = "message-" + this.ids.incrementAndGet();
		send(new InboundMessage(id, body, attributes, groupId, this.clock.instant()));
		return id;
	}

	/**
	 * Sends a message as it is.
	 * @param message the message
	 */
	public void send(InboundMessage message) {
		this.size.incrementAndGet();
		put(message, 0, Duration.ZERO);
		handOver();
	}

	/**
	 * A source that lets 10 deliveries be unsettled and delivers again after 5 s.
	 * @return the source, which may be started many times
	 */
	public Source source() {
		return source(DEFAULT_LIMIT, DEFAULT_BACKOFF);
	}

	/**
	 * A source.
	 * @param limit the largest number of unsettled deliveries of one subscription
	 * @param backoff the policy for the next delivery if nobody asked for a certain delay
	 * @return the source, which may be started many times
	 */
	public Source source(int limit, BackoffPolicy backoff) {
		if (limit < 1) {
			throw new IllegalArgumentException("the limit of a source must be at least 1, not " + limit);
		}
		return new Source() {

			@Override
			public Subscription start(Receiver receiver) {
				return start(receiver, Integer.MAX_VALUE);
			}

			@Override
			public Subscription start(Receiver receiver, int most) {
				return subscribe(new InMemorySubscription(InMemoryQueue.this, receiver, limit, most, backoff));
			}

		};
	}

	/**
	 * The number of messages that nobody has acknowledged: those that wait and those in
	 * flight.
	 * @return the number at this moment
	 */
	public int size() {
		return this.size.get();
	}

	/**
	 * Forgets all messages that wait. Those in flight stay with their subscriptions.
	 */
	public synchronized void clear() {
		this.size.addAndGet(-this.waiting.size());
		this.waiting.clear();
	}

	Instant now() {
		return this.clock.instant();
	}

	Timekeeper timekeeper() {
		return this.clock.timekeeper();
	}

	private Subscription subscribe(InMemorySubscription subscription) {
		synchronized (this) {
			this.subscriptions.add(subscription);
		}
		handOver();
		return subscription;
	}

	/**
	 * Hands over what can be handed over. A receiver may settle or send at once.
	 */
	void handOver() {
		this.handOver.run();
	}

	private void handOverAll() {
		for (Runnable next = next(); next != null; next = next()) {
			next.run();
		}
		subscriptions().forEach(InMemorySubscription::tellIfBlocked);
	}

	private synchronized List<InMemorySubscription> subscriptions() {
		return List.copyOf(this.subscriptions);
	}

	private synchronized @Nullable Runnable next() {
		Entry first = this.waiting.peek();
		if (first == null || first.visibleAt().isAfter(this.clock.instant())) {
			return null;
		}
		for (InMemorySubscription subscription : this.subscriptions) {
			TrackedDelivery delivery = subscription.take(first.message(), first.attempts() + 1);
			if (delivery != null) {
				this.waiting.remove();
				moveToEnd(subscription);
				return () -> subscription.handOver(delivery);
			}
		}
		return null;
	}

	@GuardedBy("this")
	private void moveToEnd(InMemorySubscription subscription) {
		this.subscriptions.remove(subscription);
		this.subscriptions.add(subscription);
	}

	private synchronized void put(InboundMessage message, int attempts, Duration delay) {
		this.waiting.add(new Entry(message, attempts, this.clock.instant().plus(delay), this.order++));
	}

	void acknowledged() {
		this.size.decrementAndGet();
	}

	void putBack(TrackedDelivery delivery, int attempts, Duration delay) {
		put(delivery.message(), attempts, delay);
	}

	void abandon(TrackedDelivery delivery) {
		putBack(delivery, delivery.attempt(), this.visibilityTimeout);
	}

	synchronized void ended(InMemorySubscription subscription) {
		this.subscriptions.remove(subscription);
	}

	private record Entry(InboundMessage message, int attempts, Instant visibleAt, long order) {

	}

}
