package io.pubsub.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.pubsub.source.Feed;
import io.pubsub.source.PullSource;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;

/**
 * A {@link Feed} of a table in memory, for the contracts.
 */
final class FeedContractQueue implements QueueUnderTest, Feed {

	private final TestClock clock = new TestClock();

	private final Map<InboundMessage, Instant> waiting = new LinkedHashMap<>();

	private final Map<String, InboundMessage> taken = new HashMap<>();

	private final Map<String, Integer> attempts = new HashMap<>();

	@Override
	public Source source(int limit, BackoffPolicy backoff) {
		return PullSource.builder("orders", this)
			.limit(limit)
			.backoff(backoff)
			.pollInterval(Duration.ofMillis(5))
			.build();
	}

	@Override
	public synchronized void send(String body, Map<String, String> attributes) {
		String id = "row-" + (this.attempts.size() + 1);
		this.attempts.put(id, 0);
		this.waiting.put(new InboundMessage(id, body, attributes, null, null), this.clock.instant());
	}

	@Override
	public synchronized List<InboundMessage> next(int most) {
		List<InboundMessage> due = new ArrayList<>();
		Iterator<Map.Entry<InboundMessage, Instant>> rows = this.waiting.entrySet().iterator();
		while (rows.hasNext() && due.size() < most) {
			Map.Entry<InboundMessage, Instant> row = rows.next();
			if (!row.getValue().isAfter(this.clock.instant())) {
				due.add(row.getKey());
				this.taken.put(row.getKey().id(), row.getKey());
				rows.remove();
			}
		}
		return due;
	}

	@Override
	public synchronized void succeeded(String id) {
		this.taken.remove(id);
	}

	@Override
	public synchronized void failed(String id, Failure failure) {
		Duration delay = (failure.kind() == Kind.ABANDONED) ? visibilityTimeout() : failure.delay();
		this.attempts.put(id, failure.attempts());
		this.waiting.put(this.taken.remove(id), this.clock.instant().plus(delay));
	}

	@Override
	public synchronized int attemptsBefore(String id) {
		return this.attempts.get(id);
	}

	@Override
	public void passTime(Duration duration) {
		this.clock.advance(duration);
		Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);
	}

}
