package io.pubsub.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Gate}.
 */
class GateTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final TestRun test = new TestRun();

	private final Gate gate = new Gate(1, this.test.run());

	@AfterEach
	void close() {
		this.test.close();
	}

	@Test
	void letsInAsManyAsThereIsRoomFor() {
		assertThat(enter(this.test.origin())).succeedsWithin(LONG).isEqualTo(true);
		assertThat(this.gate.entered()).isOne();
		assertThat(this.gate.finished()).isZero();
	}

	@Test
	void letsInTheNextWhenOneLeaves() {
		enter(this.test.origin()).join();
		CompletableFuture<Boolean> next = enterAndWait(this.test.origin());
		assertThat(next).isNotDone();
		this.gate.leave();
		assertThat(next).succeedsWithin(LONG).isEqualTo(true);
		assertThat(this.gate.entered()).isEqualTo(2);
	}

	@Test
	void doesNotLetInWhatIsOver() {
		Origin over = this.test.origin();
		over.lose();
		assertThat(enter(over)).succeedsWithin(LONG).isEqualTo(false);
		assertThat(this.gate.entered()).isZero();
	}

	@Test
	void hasWhatIsOverGoWhenItIsWoken() {
		enter(this.test.origin()).join();
		Origin over = this.test.origin();
		CompletableFuture<Boolean> waiting = enterAndWait(over);
		over.lose();
		this.gate.wake();
		assertThat(waiting).succeedsWithin(LONG).isEqualTo(false);
	}

	@Test
	void givesThePlaceOfOneThatGoesToTheNext() {
		enter(this.test.origin()).join();
		Origin over = this.test.origin();
		CompletableFuture<Boolean> first = enterAndWait(over);
		CompletableFuture<Boolean> second = enterAndWait(this.test.origin());
		over.lose();
		this.gate.leave();
		assertThat(first).succeedsWithin(LONG).isEqualTo(false);
		assertThat(second).succeedsWithin(LONG).isEqualTo(true);
	}

	private CompletableFuture<Boolean> enterAndWait(Lineage lineage) {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		CompletableFuture<Boolean> entered = enter(lineage, thread);
		Awaitility.await().until(() -> thread.join().getState() == Thread.State.WAITING);
		return entered;
	}

	private CompletableFuture<Boolean> enter(Lineage lineage) {
		return enter(lineage, new CompletableFuture<>());
	}

	private CompletableFuture<Boolean> enter(Lineage lineage, CompletableFuture<Thread> thread) {
		Room room = this.test.run().room(1, 1, (value, none, carrier) -> {
		});
		return CompletableFuture.supplyAsync(() -> {
			Carrier carrier = new Carrier(room, this.test.run());
			thread.complete(Thread.currentThread());
			return this.gate.enter(lineage, carrier);
		}, (work) -> new Thread(work).start());
	}

}
