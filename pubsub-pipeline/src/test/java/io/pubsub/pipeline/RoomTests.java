package io.pubsub.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Room}.
 */
class RoomTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final TestRun test = new TestRun();

	private final CountDownLatch hold = new CountDownLatch(1);

	private final List<Object> done = new CopyOnWriteArrayList<>();

	private final AtomicInteger working = new AtomicInteger();

	private final AtomicInteger mostWorking = new AtomicInteger();

	@AfterEach
	void close() {
		this.hold.countDown();
		this.test.close();
	}

	@Test
	void worksOnWhatIsBrought() {
		Room room = room(1, 10);
		bring(room, null, "a");
		Awaitility.await().until(() -> room.finished() == 1);
		assertThat(this.done).containsExactly("a");
		assertThat(room.entered()).isOne();
		assertThat(room.waiting()).isZero();
	}

	@Test
	void keepsTheOrderOfAKey() {
		Room room = room(4, 10);
		IntStream.range(0, 1_000).forEach((number) -> bring(room, "key", number));
		Awaitility.await().until(() -> room.finished() == 1_000);
		assertThat(this.done).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
		assertThat(this.mostWorking).hasValue(1);
	}

	@Test
	void hasNoMoreCarriersThanItMay() {
		Room room = room(3, 10);
		IntStream.range(0, 1_000).forEach((number) -> bring(room, null, number));
		Awaitility.await().until(() -> room.finished() == 1_000);
		assertThat(this.mostWorking.get()).isBetween(1, 3);
	}

	@Test
	void worksOnOtherKeysWhileOneIsHeldUp() {
		Room room = room(2, 10);
		bring(room, "slow", "hold");
		bring(room, "slow", "behind");
		bring(room, "quick", "quick");
		Awaitility.await().until(() -> this.done.size() == 1);
		assertThat(this.done).containsExactly("quick");
	}

	@Test
	void hasWhoeverBringsMoreWaitForRoom() {
		Room room = room(1, 2);
		bring(room, null, "hold");
		bring(room, null, "a");
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		CompletableFuture<Boolean> third = put(room, this.test.origin(), thread);
		Awaitility.await().until(() -> thread.join().getState() == Thread.State.WAITING);
		assertThat(room.entered()).isEqualTo(2);
		this.hold.countDown();
		assertThat(third).succeedsWithin(LONG).isEqualTo(true);
	}

	@Test
	void takesNothingThatIsOver() {
		Room room = room(1, 1);
		bring(room, null, "hold");
		Origin over = this.test.origin();
		over.lose();
		assertThat(put(room, over, new CompletableFuture<>())).succeedsWithin(LONG).isEqualTo(false);
		assertThat(room.entered()).isOne();
	}

	@Test
	void hasAnotherCarrierWorkWhileOneIsAway() {
		CountDownLatch away = new CountDownLatch(1);
		Room[] rooms = new Room[1];
		rooms[0] = this.test.run().room(1, 10, (value, lineage, carrier) -> {
			if (value.equals("away")) {
				rooms[0].away();
				await(away);
				rooms[0].back();
			}
			this.done.add(value);
		});
		bring(rooms[0], null, "away");
		bring(rooms[0], null, "other");
		Awaitility.await().until(() -> this.done.size() == 1);
		away.countDown();
		Awaitility.await().until(() -> this.done.size() == 2);
		assertThat(this.done).containsExactly("other", "away");
	}

	@Test
	void goesOnWhenTheWorkOnAnElementThrows() {
		Room room = this.test.run().room(1, 10, (value, lineage, carrier) -> {
			if (value.equals("bad")) {
				throw new IllegalStateException("expected");
			}
			this.done.add(value);
		});
		bring(room, "key", "bad");
		bring(room, "key", "good");
		Awaitility.await().until(() -> room.finished() == 2);
		assertThat(this.done).containsExactly("good");
	}

	@Test
	void losesNothingOfWhatManyBringAtATime() {
		Map<Object, AtomicInteger> last = new ConcurrentHashMap<>();
		AtomicInteger disorder = new AtomicInteger();
		Room room = this.test.run().room(3, 7, (value, lineage, carrier) -> {
			int number = (Integer) value;
			int before = last.computeIfAbsent(number % 10, (key) -> new AtomicInteger(-1)).getAndSet(number);
			disorder.addAndGet((before < number) ? 0 : 1);
		});
		// Each brings keys of its own, in rising order.
		List<CompletableFuture<Void>> bringing = IntStream.range(0, 5)
			.mapToObj((bringer) -> CompletableFuture.runAsync(() -> bringMany(room, bringer), RoomTests::start))
			.toList();
		bringing.forEach(CompletableFuture::join);
		Awaitility.await().until(() -> room.finished() == 5 * 2_000);
		assertThat(room.entered()).isEqualTo(5 * 2_000);
		assertThat(disorder).hasValue(0);
		Awaitility.await().until(() -> this.test.run().crew().isIdle());
	}

	private void bringMany(Room room, int bringer) {
		Carrier carrier = new Carrier(room, this.test.run());
		Origin origin = this.test.origin();
		IntStream.range(0, 1_000)
			.forEach((round) -> IntStream.of(bringer, bringer + 5)
				.forEach((key) -> room.put(key, round * 10 + key, origin, carrier)));
		carrier.close();
	}

	private Room room(int carriers, int capacity) {
		return this.test.run().room(carriers, capacity, (value, lineage, carrier) -> {
			this.mostWorking.accumulateAndGet(this.working.incrementAndGet(), Math::max);
			if (value.equals("hold")) {
				await(this.hold);
			}
			this.done.add(value);
			this.working.decrementAndGet();
		});
	}

	private void bring(Room room, @Nullable Object key, Object value) {
		room.force(key, value, this.test.origin()).run();
	}

	private CompletableFuture<Boolean> put(Room room, Lineage lineage, CompletableFuture<Thread> thread) {
		return CompletableFuture.supplyAsync(() -> {
			Carrier carrier = new Carrier(room, this.test.run());
			thread.complete(Thread.currentThread());
			return room.put(null, "more", lineage, carrier);
		}, RoomTests::start);
	}

	private static void start(Runnable work) {
		new Thread(work).start();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
