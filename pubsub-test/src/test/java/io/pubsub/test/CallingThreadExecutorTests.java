package io.pubsub.test;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CallingThreadExecutor}.
 */
class CallingThreadExecutorTests {

	private final CallingThreadExecutor executor = new CallingThreadExecutor();

	@Test
	void executesOnTheCallingThread() {
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.executor.execute(() -> thread.set(Thread.currentThread()));
		assertThat(thread).hasValue(Thread.currentThread());
	}

	@Test
	void rejectsWorkAfterItsShutdown() {
		assertThat(this.executor.shutdownNow()).isEmpty();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.executor.execute(() -> {
		}));
	}

	@Test
	void isTerminatedByItsShutdown() {
		assertThat(this.executor.isTerminated()).isFalse();
		this.executor.shutdown();
		assertThat(this.executor.isShutdown()).isTrue();
		assertThat(this.executor.isTerminated()).isTrue();
		assertThat(this.executor.awaitTermination(0, TimeUnit.SECONDS)).isTrue();
	}

}
