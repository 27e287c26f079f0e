package io.pubsub.kinesis.consume;

import java.time.Duration;
import java.util.Map;

import io.pubsub.test.QueueUnderTest;
import io.pubsub.test.TestClock;
import io.pubsub.transport.BackoffPolicy;

/**
 * The stream that the contracts are proved on.
 */
final class StreamContractQueue implements QueueUnderTest {

	private final FakeReader.Stream stream;

	private final TestClock clock = new TestClock();

	/**
	 * Makes a stream of one shard, for one consumer.
	 */
	StreamContractQueue() {
		this(new FakeReader.Stream());
	}

	/**
	 * Makes a stream.
	 * @param stream the stream
	 */
	StreamContractQueue(FakeReader.Stream stream) {
		this.stream = stream;
	}

	@Override
	public KinesisSource source(int limit, BackoffPolicy backoff) {
		return source(limit, backoff, this.stream, this.clock);
	}

	static KinesisSource source(int limit, BackoffPolicy backoff, StreamReader.Factory readers, TestClock clock) {
		KinesisSourceOptions options = KinesisSourceOptions.builder("kinesis:orders", "app")
			.concurrency(limit)
			.maxPrefetch(0)
			.backoff(backoff)
			.maxRetryTime(Duration.ofDays(1))
			.build();
		return new KinesisSource(options, readers, () -> {
		}, clock.timekeeper());
	}

	@Override
	public void send(String body, Map<String, String> attributes) {
		this.stream.put(body);
	}

	@Override
	public Map<String, String> delivered(Map<String, String> sent) {
		return Map.of();
	}

	// Attempts are counted in memory.
	@Override
	public int attemptAfterAnotherConsumer() {
		return 1;
	}

	@Override
	public void passTime(Duration duration) {
		this.clock.advance(duration);
	}

}
