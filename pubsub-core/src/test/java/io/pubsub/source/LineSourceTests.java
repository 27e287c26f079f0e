package io.pubsub.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LineSource}.
 */
class LineSourceTests {

	private static final BackoffPolicy AT_ONCE = BackoffPolicy.fixed(Duration.ZERO);

	private static final BackoffPolicy LATE = BackoffPolicy.fixed(Duration.ofHours(1));

	private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(LineSource.class);

	private final Timekeeper time = Timekeeper.system("test-timer");

	@TempDir
	private Path directory;

	@BeforeEach
	void startLog() {
		this.log.start();
		this.logger.setLevel(Level.INFO);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void detachLogAndCloseTime() {
		this.logger.detachAppender(this.log);
		this.logger.setLevel(null);
		this.time.close();
	}

	@Test
	void deliversTheLinesOfAFile() throws IOException {
		Path file = Files.writeString(this.directory.resolve("orders.jsonl"), "one\n\n  \nfour\n");
		end(LineSource.file(file, 10, AT_ONCE, 5, this.time).start(receiver(Delivery::ack)));
		assertThat(this.deliveries).extracting((delivery) -> delivery.message().body()).containsExactly("one", "four");
		assertThat(this.deliveries).extracting((delivery) -> delivery.message().id())
			.containsExactly("orders.jsonl:1", "orders.jsonl:4");
	}

	@Test
	void saysWhatItReads() {
		end(start("one\n", AT_ONCE, Delivery::ack));
		assertThat(logged()).containsExactly("Reading input, with at most 10 lines undone",
				"End of input: 1 message handled");
	}

	@Test
	void whenTheInputHasEndedLetsAReceiverGoThatCollects() {
		end(startCollecting("one\ntwo\n", 10));
		assertThat(this.deliveries).hasSize(2);
	}

	@Test
	void whenFullLetsAReceiverGoThatCollects() {
		end(startCollecting("one\ntwo\nthree\n", 2));
		assertThat(this.deliveries).hasSize(3);
	}

	private Subscription startCollecting(String lines, int limit) {
		return LineSource
			.of("input", new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), limit, AT_ONCE, 5, this.time)
			.start(new Receiver() {

				@Override
				public void receive(Delivery delivery) {
					LineSourceTests.this.deliveries.add(delivery);
				}

				@Override
				public void blocked() {
					LineSourceTests.this.deliveries.forEach(Delivery::ack);
				}

			});
	}

	@Test
	void doesNotGiveUpWhatWasReleased() {
		LineSource source = LineSource.of("input", new ByteArrayInputStream("one\n".getBytes(StandardCharsets.UTF_8)),
				1, AT_ONCE, 1, this.time);
		end(source.start(receiver((delivery) -> {
			if (this.deliveries.size() < 3) {
				delivery.release(Duration.ZERO);
			}
			delivery.ack();
		})));
		assertThat(this.deliveries).extracting(Delivery::attempt).containsExactly(1, 1, 1);
	}

	@Test
	void endsWhenAllIsSettled() {
		Subscription subscription = start("one\n", AT_ONCE, (delivery) -> {
		});
		Awaitility.await().until(() -> this.deliveries.size() == 1);
		assertThat(subscription.exhausted().toCompletableFuture()).isNotDone();
		this.deliveries.get(0).ack();
		end(subscription);
		assertThat(subscription.state()).isEqualTo(Subscription.State.STOPPED);
	}

	@Test
	void endsAtOnceWhenThereIsNothing() {
		end(start("", AT_ONCE, Delivery::ack));
		assertThat(this.deliveries).isEmpty();
	}

	@Test
	void readsNoFurtherThanTheLimit() {
		CountingInput input = new CountingInput("x".repeat(9999) + "\n");
		Subscription subscription = LineSource.of("endless", input, 3, AT_ONCE, 5, this.time)
			.start(receiver((delivery) -> {
			}));
		Awaitility.await().until(() -> this.deliveries.size() == 3);
		assertThat(subscription.inFlight()).isEqualTo(3);
		assertThat(input.count).isLessThan(50_000);
		subscription.stop(Duration.ZERO);
	}

	@Test
	void keepsThePlaceOfALineThatWaits() {
		Subscription subscription = LineSource.of("input", bytes("one\ntwo\n"), 1, LATE, 5, this.time)
			.start(receiver((delivery) -> delivery.nack(null)));
		Awaitility.await().until(() -> this.deliveries.size() == 1 && subscription.inFlight() == 0);
		subscription.stop(Duration.ZERO);
		assertThat(this.deliveries).hasSize(1);
	}

	@Test
	void givesALineUpAfterTheLastAttempt() {
		endWithLinesGivenUp(
				start("one\ntwo\n", AT_ONCE, (delivery) -> settle(delivery, delivery.message().body().equals("two"))));
		assertThat(this.deliveries).extracting(Delivery::attempt).containsExactlyInAnyOrder(1, 2, 3, 1);
		assertThat(logged()).contains("Line 1 of input is given up: not handled in 3 attempts",
				"End of input: 1 message handled, 1 given up: line 1 (not handled in 3 attempts)");
	}

	@Test
	void keepsALineThatWasHandedBackUntilItIsResumed() {
		Subscription subscription = start("one\n", AT_ONCE, (delivery) -> {
		});
		Awaitility.await().until(() -> this.deliveries.size() == 1);
		subscription.pause();
		this.deliveries.get(0).nack(null);
		Awaitility.await().during(Duration.ofMillis(100)).until(() -> this.deliveries.size() == 1);
		subscription.resume();
		Awaitility.await().until(() -> this.deliveries.size() == 2);
		this.deliveries.get(1).ack();
		end(subscription);
	}

	@Test
	void givesALineUpAtOnceThatIsRejected() {
		endWithLinesGivenUp(start("bad\n", AT_ONCE, (delivery) -> delivery.reject("malformed")));
		assertThat(this.deliveries).hasSize(1);
		assertThat(logged()).contains("Line 1 of input is given up: malformed",
				"End of input: 0 messages handled, 1 given up: line 1 (malformed)");
	}

	@Test
	void namesTheLinesThatBecameDeadLetters() {
		end(start("bad\n", AT_ONCE, (delivery) -> delivery.ackDeadLetter("invalid")));
		assertThat(logged())
			.contains("End of input: 0 messages handled, 1 sent to the dead-letter destination: line 1 (invalid)");
	}

	@Test
	void goesOnAfterALineThatCannotBeRead() {
		InputStream input = new ByteArrayInputStream(new byte[] { (byte) 0xFF, '\n', 'b', '\n' });
		endWithLinesGivenUp(LineSource.of("input", input, 10, AT_ONCE, 3, this.time).start(receiver(Delivery::ack)));
		assertThat(this.deliveries).hasSize(1);
		assertThat(logged()).contains("Line 1 of input is given up: not UTF-8");
	}

	@Test
	void whenStoppedTellsWhatWasNotHandled() {
		Subscription subscription = start("one\ntwo\n", LATE, (delivery) -> {
			if (delivery.message().body().equals("one")) {
				delivery.begin();
			}
		});
		Awaitility.await().until(() -> this.deliveries.size() == 2);
		Awaitility.await().until(() -> subscription.inFlight() == 2);
		subscription.stop(Duration.ZERO);
		assertThat(logged()).contains(
				"Stopped before the end of input, after line 2: 0 messages handled," + " 2 not handled: lines 1, 2");
	}

	@Test
	void failsWhenTheInputBreaksOff() {
		Subscription subscription = LineSource.of("input", new BrokenInput(), 10, AT_ONCE, 3, this.time)
			.start(receiver(Delivery::ack));
		assertThat(subscription.exhausted().toCompletableFuture()).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(InputException.class)
			.withMessageContaining("input cannot be read after line 0");
	}

	@Test
	void refusesAFileThatIsMissing() {
		LineSource source = LineSource.file(this.directory.resolve("missing"), 1, AT_ONCE, 1, this.time);
		assertThatExceptionOfType(InputException.class).isThrownBy(() -> source.start(receiver(Delivery::ack)))
			.withMessage("There is no file " + this.directory.resolve("missing"));
	}

	@Test
	void refusesADirectory() {
		LineSource source = LineSource.file(this.directory, 1, AT_ONCE, 1, this.time);
		assertThatExceptionOfType(InputException.class).isThrownBy(() -> source.start(receiver(Delivery::ack)))
			.withMessage(this.directory + " is a directory, not a file");
	}

	@Test
	void refusesALimitOfNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> LineSource.stdin(0, AT_ONCE, 1, this.time))
			.withMessageContaining("limit");
	}

	private Subscription start(String text, BackoffPolicy backoff, Receiver then) {
		return LineSource.of("input", bytes(text), 10, backoff, 3, this.time).start(receiver(then));
	}

	private Receiver receiver(Receiver then) {
		return (delivery) -> {
			this.deliveries.add(delivery);
			then.receive(delivery);
		};
	}

	private static void settle(Delivery delivery, boolean handled) {
		if (handled) {
			delivery.ack();
		}
		else {
			delivery.nack(null);
		}
	}

	private static void end(Subscription subscription) {
		CompletableFuture<Void> exhausted = subscription.exhausted().toCompletableFuture();
		assertThat(exhausted).succeedsWithin(Duration.ofSeconds(10));
	}

	private static void endWithLinesGivenUp(Subscription subscription) {
		assertThat(subscription.exhausted().toCompletableFuture()).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(LinesGivenUpException.class);
	}

	private List<String> logged() {
		return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	private static InputStream bytes(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	private static final class CountingInput extends InputStream {

		private final byte[] line;

		private volatile int count;

		CountingInput(String line) {
			this.line = line.getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public int read() {
			return this.line[this.count++ % this.line.length];
		}

	}

	private static final class BrokenInput extends InputStream {

		@Override
		public int read() throws IOException {
			throw new IOException("expected");
		}

	}

}
