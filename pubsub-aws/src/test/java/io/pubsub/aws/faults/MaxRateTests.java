package io.pubsub.aws.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.Rate;
import io.pubsub.daemon.ThreadPoolReceiver;
import io.pubsub.transport.Delivery;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rate of a daemon on SQS.
 */
@Faults
class MaxRateTests {

	private static final int MESSAGES = 200;

	private final List<Long> handled = new CopyOnWriteArrayList<>();

	private final SqsAsyncClient client;

	private final TestQueue queue;

	private final SqsSource source;

	private final ConsumerDaemon daemon;

	MaxRateTests(BrokerProcess broker) {
		this.client = SqsClients.at(broker.endpoint());
		this.queue = broker.createQueue(Duration.ofSeconds(30));
		this.source = new SqsSource(this.client, SqsSourceOptions.forQueue(this.queue.url()));
		this.daemon = new ConsumerDaemon(this.source, new ThreadPoolReceiver(this::handle, 10, Thread::new),
				Duration.ofSeconds(5));
	}

	@AfterEach
	void close() {
		this.daemon.stop();
		this.client.close();
	}

	@Test
	void handlesByTheRateAndFetchesNoMoreThanThat() {
		this.queue.sendParcels(MESSAGES);
		this.daemon.maxRate(Rate.valueOf("50/s"));
		this.daemon.start();
		awaitHandled(MESSAGES / 2);
		assertThat(this.source.metrics().messages()).isLessThanOrEqualTo(this.handled.size() + 30);
		awaitHandled(MESSAGES);
		assertThat(TimeUnit.NANOSECONDS.toMillis(this.handled.get(MESSAGES - 1) - this.handled.get(0)))
			.isBetween(3_500L, 10_000L);
		assertThat(mostInASecond()).isLessThanOrEqualTo(60);
		Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
	}

	private void handle(Delivery delivery) {
		assertThat(delivery.begin()).isTrue();
		this.handled.add(System.nanoTime());
		delivery.ack();
	}

	private void awaitHandled(int number) {
		Awaitility.await()
			.atMost(Faults.PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.handled.size() >= number);
	}

	private long mostInASecond() {
		return this.handled.stream()
			.mapToLong((from) -> this.handled.stream()
				.filter((time) -> time >= from && time < from + TimeUnit.SECONDS.toNanos(1))
				.count())
			.max()
			.orElse(0);
	}

}
