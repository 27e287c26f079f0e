package io.pubsub.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

import io.pubsub.time.Timekeeper.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Timekeeper#system(String)}.
 */
class TimekeeperTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Timekeeper time = Timekeeper.system("test-timer");

	@AfterEach
	void close() {
		this.time.close();
	}

	@Test
	void tellsTheTimeOfDayByTheClockThatItIsGiven() {
		try (Timekeeper fixed = Timekeeper.system("test-timer", Clock.fixed(Instant.EPOCH, ZoneId.of("Asia/Tokyo")))) {
			assertThat(fixed.now()).isEqualTo(Instant.EPOCH);
			assertThat(fixed.clock()).isEqualTo(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
		}
	}

	@Test
	void runsAnActionAfterItsDelay() {
		CompletableFuture<Long> ranAt = new CompletableFuture<>();
		long before = this.time.nanos();
		this.time.after(Duration.ofMillis(20), () -> ranAt.complete(this.time.nanos()));
		assertThat(ranAt).succeedsWithin(PATIENCE)
			.satisfies((at) -> assertThat(at - before).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos()));
	}

	@Test
	void runsActionsOnADaemonThread() {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.time.after(Duration.ZERO, () -> thread.complete(Thread.currentThread()));
		assertThat(thread).succeedsWithin(PATIENCE)
			.returns("test-timer", Thread::getName)
			.returns(true, Thread::isDaemon);
	}

	@Test
	void whenAnActionThrowsRunsTheNext() {
		CompletableFuture<Boolean> next = new CompletableFuture<>();
		this.time.after(Duration.ZERO, () -> {
			throw new IllegalStateException("expected");
		});
		this.time.after(Duration.ZERO, () -> next.complete(true));
		assertThat(next).succeedsWithin(PATIENCE);
	}

	@Test
	void runsNoActionThatWasCancelled() {
		CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
		CompletableFuture<Boolean> later = new CompletableFuture<>();
		CompletableFuture<Boolean> gate = new CompletableFuture<>();
		this.time.after(Duration.ZERO, gate::join);
		Task task = this.time.after(Duration.ZERO, () -> cancelled.complete(true));
		this.time.after(Duration.ZERO, () -> later.complete(true));
		task.cancel();
		gate.complete(true);
		assertThat(later).succeedsWithin(PATIENCE);
		assertThat(cancelled).isNotDone();
		assertThat(task.isCancelled()).isTrue();
	}

	@Test
	void whenClosedCancelsWhatWaits() {
		Task task = this.time.after(PATIENCE, () -> {
		});
		assertThat(task.isCancelled()).isFalse();
		this.time.close();
		assertThat(task.isCancelled()).isTrue();
	}

	@Test
	void whenClosedTellsSo() {
		assertThat(this.time.closed()).isNotDone();
		this.time.close();
		assertThat(this.time.closed()).isDone();
	}

	@Test
	void whenClosedRefusesWhatComes() {
		this.time.close();
		assertThat(this.time.after(Duration.ZERO, () -> {
		}).isCancelled()).isTrue();
	}

	@Test
	void theSharedOneStaysOpen() {
		Timekeeper.shared().close();
		assertThat(Timekeeper.shared().closed()).isNotDone();
		CompletableFuture<Boolean> ran = new CompletableFuture<>();
		Timekeeper.shared().after(Duration.ZERO, () -> ran.complete(true));
		assertThat(ran).succeedsWithin(PATIENCE);
	}

	@Test
	void acceptsAnyDelay() {
		assertThat(this.time.after(Duration.ofSeconds(Long.MAX_VALUE), () -> {
		}).isCancelled()).isFalse();
	}

	@Test
	void acceptsADelayThatIsOver() {
		CompletableFuture<Boolean> ran = new CompletableFuture<>();
		this.time.after(Duration.ofSeconds(Long.MIN_VALUE), () -> ran.complete(true));
		assertThat(ran).succeedsWithin(PATIENCE);
	}

}
