package io.pubsub.test;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.Rate;
import io.pubsub.source.LineSource;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineSource} as far as lines can keep the promises of a queue: they
 * have no attributes, and are lines.
 */
class LineSourceTests extends SourceContract {

	private final Timekeeper time = Timekeeper.system("test-timer");

	private final TestClock clock = new TestClock();

	private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

	private final Lines lines = new Lines(this.time);

	@AfterEach
	void close() {
		this.time.close();
	}

	@Override
	protected QueueUnderTest queue() {
		return this.lines;
	}

	// No test: there are none.
	@Override
	void deliversTheAttributes() {
	}

	@Test
	@Override
	void deliversUnicodeIntact() {
		String body = "{\"text\": \"Grüße, 漢字, עברית, 🚀 \\\" & < > ' \\n\t\"}";
		this.lines.send(body + "\r", Map.of());
		Deque<String> bodies = new ConcurrentLinkedDeque<>();
		Subscription subscription = this.lines.source(1, BackoffPolicy.fixed(Duration.ZERO))
			.start((delivery) -> bodies.add(delivery.message().body()));
		Awaitility.await().untilAsserted(() -> assertThat(bodies).containsExactly(body));
		subscription.stop(Duration.ZERO);
	}

	@Test
	void deliversALineAgainAtItsTime() {
		Subscription subscription = startLate((delivery) -> delivery.nack(null));
		this.clock.advance(Duration.ofMinutes(59));
		assertThat(this.deliveries).hasSize(1);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(this.deliveries).hasSize(2);
		subscription.stop(Duration.ZERO);
	}

	@Test
	void whenStoppedDeliversNoLineAgain() {
		startLate((delivery) -> delivery.nack(null)).stop(Duration.ZERO);
		this.clock.advance(Duration.ofDays(1));
		assertThat(this.deliveries).hasSize(1);
	}

	@Test
	void whenLimitedReadsNoMoreThanThat() {
		Subscription subscription = this.lines.source(10, BackoffPolicy.fixed(Duration.ofHours(1)))
			.start(this.deliveries::add, 2);
		IntStream.rangeClosed(1, 5).forEach((number) -> this.lines.send("line " + number, Map.of()));
		Awaitility.await().during(Duration.ofMillis(100)).until(() -> this.deliveries.size() == 2);
		this.deliveries.get(0).nack(null);
		Awaitility.await().during(Duration.ofMillis(100)).until(() -> this.deliveries.size() == 3);
		subscription.limit(Integer.MAX_VALUE);
		Awaitility.await().until(() -> this.deliveries.size() == 5);
		subscription.stop(Duration.ZERO);
	}

	@Test
	void handsOverLinesInTheirOrderByTheRateOfADaemon() {
		byte[] input = IntStream.rangeClosed(1, 20)
			.mapToObj((number) -> number + "\n")
			.collect(Collectors.joining())
			.getBytes(StandardCharsets.UTF_8);
		List<String> bodies = new CopyOnWriteArrayList<>();
		ConsumerDaemon daemon = new ConsumerDaemon(LineSource.of("lines", new ByteArrayInputStream(input), 10,
				BackoffPolicy.fixed(Duration.ZERO), 1, this.time), (delivery) -> {
					bodies.add(delivery.message().body());
					delivery.ack();
				}, Duration.ZERO, this.time);
		daemon.maxRate(new Rate(50, ChronoUnit.SECONDS));
		daemon.start();
		assertThat(daemon.exhausted().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
		assertThat(bodies).isEqualTo(IntStream.rangeClosed(1, 20).mapToObj(String::valueOf).toList());
	}

	private Subscription startLate(Receiver receiver) {
		InputStream input = new ByteArrayInputStream("one\n".getBytes(StandardCharsets.UTF_8));
		Subscription subscription = LineSource
			.of("lines", input, 1, BackoffPolicy.fixed(Duration.ofHours(1)), 5, this.clock.timekeeper())
			.start((delivery) -> {
				this.deliveries.add(delivery);
				receiver.receive(delivery);
			});
		Awaitility.await().until(() -> this.deliveries.size() == 1 && subscription.inFlight() == 0);
		return subscription;
	}

	private static final class Lines extends InputStream implements QueueUnderTest {

		private final BlockingQueue<Byte> bytes = new LinkedBlockingQueue<>();

		private final Timekeeper time;

		Lines(Timekeeper time) {
			this.time = time;
		}

		@Override
		public Source source(int limit, BackoffPolicy backoff) {
			return LineSource.of("lines", this, limit, backoff, Integer.MAX_VALUE, this.time);
		}

		@Override
		public void send(String body, Map<String, String> attributes) {
			for (byte next : (body + "\n").getBytes(StandardCharsets.UTF_8)) {
				this.bytes.add(next);
			}
		}

		@Override
		public int read() {
			try {
				return this.bytes.take() & 0xFF;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return -1;
			}
		}

		@Override
		public int available() {
			return this.bytes.size();
		}

		@Override
		public int read(byte[] buffer, int offset, int length) {
			buffer[offset] = (byte) read();
			return 1;
		}

	}

}
