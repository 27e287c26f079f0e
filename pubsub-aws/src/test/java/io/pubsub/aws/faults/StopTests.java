package io.pubsub.aws.faults;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pubsub.Outcome;
import io.pubsub.aws.sqs.SqsSourceOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a daemon that is stopped in the middle of its work.
 */
@Faults
class StopTests {

	private static final int MESSAGES = 100;

	private static final int RUNNING = 10;

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

	private final BrokerProcess broker;

	private final SqsAsyncClient client;

	StopTests(BrokerProcess broker) {
		this.broker = broker;
		this.client = SqsClients.at(broker.endpoint());
	}

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void close() {
		this.logger.detachAppender(this.log);
		this.client.close();
	}

	@Test
	void finishesWhatIsRunningAndHandsBackTheRest() {
		Work work = new Work();
		work.stopInTheMiddle();
		work.finishRunning();
		assertThat(work.ledger.handled()).isEqualTo(RUNNING);
		assertThat(work.queue.visible()).isEqualTo(MESSAGES - RUNNING);
		work.handleTheRest();
		work.ledger.assertAllHandledOnce(MESSAGES);
		assertThat(this.log.list).filteredOn((event) -> event.getLevel().isGreaterOrEqual(Level.ERROR)).isEmpty();
	}

	// A busy machine may take longer for anything, but hardly three times in a row.
	@Test
	void handsBackWithinASecondWhileOthersAreStillRunning() {
		Stream<Duration> threeTimes = Stream.generate(this::timeToHandBack).limit(3);
		assertThat(threeTimes.anyMatch((time) -> time.compareTo(Duration.ofSeconds(1)) < 0)).isTrue();
	}

	private Duration timeToHandBack() {
		Work work = new Work();
		Duration time = work.stopInTheMiddle();
		work.finishRunning();
		return time;
	}

	/**
	 * Messages of which some are being handled, until they may finish.
	 */
	private final class Work {

		private final HandledLedger ledger = new HandledLedger();

		private final CountDownLatch finish = new CountDownLatch(1);

		private final TestQueue queue = StopTests.this.broker.createQueue(Duration.ofMinutes(2));

		private CompletableFuture<Void> stopped = new CompletableFuture<>();

		Duration stopInTheMiddle() {
			CountDownLatch begun = new CountDownLatch(RUNNING);
			this.queue.sendParcels(MESSAGES);
			ParcelDaemon daemon = start(begun);
			Awaitility.await()
				.atMost(Faults.PATIENCE)
				.until(() -> daemon.inFlight() == MESSAGES && begun.getCount() == 0);
			long start = System.nanoTime();
			this.stopped = CompletableFuture.runAsync(daemon::close, (task) -> new Thread(task).start());
			Awaitility.await()
				.atMost(Faults.PATIENCE)
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> this.queue.visible() == MESSAGES - RUNNING);
			return Duration.ofNanos(System.nanoTime() - start);
		}

		void finishRunning() {
			assertThat(this.queue.inFlight()).isEqualTo(RUNNING);
			this.finish.countDown();
			this.stopped.join();
		}

		void handleTheRest() {
			try (ParcelDaemon daemon = start(new CountDownLatch(0))) {
				Awaitility.await().atMost(Faults.PATIENCE).until(this.queue::isEmpty);
			}
		}

		private ParcelDaemon start(CountDownLatch begun) {
			SqsSourceOptions options = SqsSourceOptions.builder(this.queue.url())
				.concurrency(MESSAGES)
				.maxPrefetch(0)
				.build();
			return ParcelDaemon.start(StopTests.this.client, options, RUNNING, (parcel, context) -> {
				begun.countDown();
				return handle(parcel);
			}, (dispatcher) -> dispatcher);
		}

		private Outcome handle(Parcel parcel) throws InterruptedException {
			this.finish.await();
			this.ledger.record(parcel.number());
			return Outcome.succeeded();
		}

	}

}
