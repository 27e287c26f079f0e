package io.pubsub.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import io.pubsub.dispatch.HandlingInterruptedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TimeLimit}.
 */
class TimeLimitTests {

	private final TestRun test = new TestRun();

	private final Queue<Throwable> abandoned = new ConcurrentLinkedQueue<>();

	private final TimeLimit limit = new TimeLimit(Duration.ofSeconds(1), new StageInfo("map-concurrently"),
			this.test.run(), this.abandoned::add);

	@AfterEach
	void close() {
		this.test.close();
	}

	@Test
	void givesTheResultOfAFunctionThatReturnsInTime() throws Exception {
		assertThat(this.limit.apply((value) -> value + "!", "done")).isEqualTo("done!");
		assertThat(this.test.time().waiting()).isZero();
	}

	@Test
	void passesOnWhatAFunctionThrowsInTime() {
		IOException failure = new IOException("expected");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.limit.apply((value) -> {
			throw failure;
		}, "failed")).isSameAs(failure);
		assertThat(this.test.time().waiting()).isZero();
	}

	@Test
	void interruptsAFunctionWhoseTimeIsOver() {
		assertThatExceptionOfType(HandlingInterruptedException.class).isThrownBy(() -> this.limit.apply((value) -> {
			this.test.time().next();
			new CountDownLatch(1).await();
			return value;
		}, "slow")).withCauseInstanceOf(InterruptedException.class);
		assertThat(this.test.time().waiting()).isZero();
		assertThat(this.abandoned).isEmpty();
	}

	@Test
	void failsAFunctionThatReturnsAllTheSame() {
		assertThatExceptionOfType(HandlingInterruptedException.class).isThrownBy(() -> this.limit.apply((value) -> {
			this.test.time().next();
			return value;
		}, "late")).withMessage("stage map-concurrently of pipeline under-test took longer than 1s");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void givesUpAFunctionThatIgnoresTheInterrupt() {
		assertThatExceptionOfType(AbandonedException.class).isThrownBy(() -> this.limit.apply((value) -> {
			this.test.time().next();
			this.test.time().next();
			return value;
		}, "stubborn"));
		assertThat(this.abandoned).hasSize(1).first().isInstanceOf(HandlingInterruptedException.class);
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

}
