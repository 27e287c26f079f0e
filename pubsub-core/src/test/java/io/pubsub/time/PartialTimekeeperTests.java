package io.pubsub.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

import io.pubsub.time.Timekeeper.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Timekeeper#part()}.
 */
class PartialTimekeeperTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Runnable NOTHING = () -> {
	};

	private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

	private final Timekeeper whole = Timekeeper.system("test-timer", this.clock);

	private final Timekeeper part = this.whole.part();

	@AfterEach
	void close() {
		this.whole.close();
	}

	@Test
	void tellsTheTimeOfTheWhole() {
		assertThat(this.part.now()).isEqualTo(Instant.EPOCH);
		assertThat(this.part.clock()).isEqualTo(this.clock);
	}

	@Test
	void runsAnActionOnTheThreadOfTheWhole() {
		CompletableFuture<String> thread = new CompletableFuture<>();
		this.part.after(Duration.ZERO, () -> thread.complete(Thread.currentThread().getName()));
		assertThat(thread).succeedsWithin(PATIENCE).isEqualTo("test-timer");
	}

	@Test
	void cancelsATask() {
		Task task = this.part.after(PATIENCE, NOTHING);
		assertThat(task.isCancelled()).isFalse();
		task.cancel();
		assertThat(task.isCancelled()).isTrue();
	}

	@Test
	void cancelsNoTaskThatHasRun() {
		CompletableFuture<Boolean> ran = new CompletableFuture<>();
		Task task = this.part.after(Duration.ZERO, () -> ran.complete(true));
		assertThat(ran).succeedsWithin(PATIENCE);
		task.cancel();
		assertThat(task.isCancelled()).isFalse();
	}

	@Test
	void whenClosedCancelsItsOwnTasksAlone() {
		Task own = this.part.after(PATIENCE, NOTHING);
		Task ofTheWhole = this.whole.after(PATIENCE, NOTHING);
		Task ofAnotherPart = this.whole.part().after(PATIENCE, NOTHING);
		this.part.close();
		assertThat(own.isCancelled()).isTrue();
		assertThat(ofTheWhole.isCancelled()).isFalse();
		assertThat(ofAnotherPart.isCancelled()).isFalse();
	}

	@Test
	void whenClosedRefusesWhatComesAndTellsSo() {
		this.part.close();
		assertThat(this.part.after(Duration.ZERO, NOTHING).isCancelled()).isTrue();
		assertThat(this.part.closed()).isDone();
		assertThat(this.whole.closed()).isNotDone();
	}

	@Test
	void whenClosedLeavesNothingWithTheWhole() {
		this.part.close();
		assertThat(this.whole.closed().getNumberOfDependents()).isZero();
	}

	@Test
	void endsWithTheWhole() {
		Task task = this.part.after(PATIENCE, NOTHING);
		this.whole.close();
		assertThat(task.isCancelled()).isTrue();
		assertThat(this.part.closed()).isDone();
	}

	@Test
	void isClosedFromTheStartIfTheWholeIs() {
		this.whole.close();
		assertThat(this.whole.part().closed()).isDone();
	}

}
