package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pubsub.aws.sqs.BatchRequests.Answer;
import io.pubsub.time.Timekeeper;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EntryQueue} with many threads and an SQS that fails often.
 */
@Tag("faults")
class EntryQueueStressTests {

	private static final int THREADS = 8;

	private static final int EACH = 500;

	private static final int ALL = THREADS * EACH;

	// A few more than there would be without retries: the last retries wait for long.
	private static final int FAULTY_REQUESTS = ALL / 8;

	private final Timekeeper time = Timekeeper.system("stress");

	private final Queue<End> told = new ConcurrentLinkedQueue<>();

	private final CountDownLatch half = new CountDownLatch(ALL / 2);

	@AfterEach
	void stop() {
		this.time.close();
	}

	@Test
	void carriesOutEachEntryOnce() {
		FaultyRequest request = new FaultyRequest(Fault.THROTTLED, Fault.PARTIAL, Fault.THROWN);
		EntryQueue queue = queue(request);
		addAll(queue, ALL).join();
		awaitEmpty(queue);
		assertThat(request.carriedOut).hasSize(ALL).allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
		assertThat(this.told).hasSize(ALL).doesNotHaveDuplicates().allMatch(End::carriedOut);
	}

	@Test
	void whenAnswersAreLostTellsEachEndOnce() {
		FaultyRequest request = new FaultyRequest(Fault.THROTTLED, Fault.PARTIAL, Fault.LOST_ANSWER);
		EntryQueue queue = queue(request);
		addAll(queue, ALL).join();
		awaitEmpty(queue);
		assertThat(request.carriedOut).hasSize(ALL);
		assertThat(this.told).hasSize(ALL).doesNotHaveDuplicates().allMatch(End::carriedOut);
	}

	@Test
	void whenEachMessageIsSettledTwiceTellsBothEndsOnce() {
		FaultyRequest request = new FaultyRequest(Fault.THROTTLED, Fault.PARTIAL, Fault.THROWN);
		EntryQueue queue = queue(request);
		addAll(queue, ALL / 2).join();
		awaitEmpty(queue);
		assertThat(request.carriedOut).hasSize(ALL / 2).allSatisfy((id, times) -> assertThat(times).isBetween(1, 2));
		assertThat(this.told).hasSize(ALL).doesNotHaveDuplicates().allMatch(End::carriedOut);
	}

	@Test
	void whenClosedInTheMiddleTellsWhatWasCarriedOutAndWhatIsLost() throws Exception {
		FaultyRequest request = new FaultyRequest(Fault.THROTTLED, Fault.PARTIAL, Fault.THROWN);
		EntryQueue queue = queue(request);
		CompletableFuture<Void> added = addAll(queue, ALL);
		this.half.await();
		CompletableFuture<?> unused = queue.close();
		this.time.close();
		queue.abandon();
		added.join();
		awaitEmpty(queue);
		assertThat(this.told).hasSize(ALL).doesNotHaveDuplicates();
		assertThat(toldAsCarriedOut()).isEqualTo(request.carriedOut.keySet());
		assertThat(request.carriedOut.values()).containsOnly(1);
	}

	private EntryQueue queue(FaultyRequest request) {
		return new EntryQueue(request::send, this.time, Duration.ofMillis(5), new NoListener());
	}

	private CompletableFuture<Void> addAll(EntryQueue queue, int messages) {
		return CompletableFuture
			.allOf(IntStream.range(0, THREADS)
				.mapToObj(
						(thread) -> CompletableFuture.runAsync(
								() -> IntStream.range(thread * EACH, (thread + 1) * EACH)
									.forEach((number) -> add(queue, number, messages)),
								(task) -> new Thread(task).start()))
				.toArray(CompletableFuture<?>[]::new));
	}

	private void add(EntryQueue queue, int number, int messages) {
		String id = "m" + (number % messages);
		Receipt receipt = new Receipt(id, "r" + number, this.time.nanos(), Visibility.of(Duration.ofHours(1)));
		queue.add(new Entry(receipt, 0, (carriedOut) -> this.told.add(new End(number, id, carriedOut))));
		this.half.countDown();
	}

	private Set<String> toldAsCarriedOut() {
		return this.told.stream().filter(End::carriedOut).map(End::messageId).collect(Collectors.toSet());
	}

	private void awaitEmpty(EntryQueue queue) {
		Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> queue.size() == 0 && this.told.size() >= ALL);
	}

	private record End(int number, String messageId, boolean carriedOut) {

	}

	private enum Fault {

		THROTTLED, PARTIAL, THROWN, LOST_ANSWER

	}

	/**
	 * Answers on other threads; each fault strikes one request in ten, until the last
	 * ones.
	 */
	private static final class FaultyRequest {

		private final Map<String, Integer> carriedOut = new ConcurrentHashMap<>();

		private final AtomicInteger requests = new AtomicInteger();

		private final List<Fault> faults;

		FaultyRequest(Fault... faults) {
			this.faults = List.of(faults);
		}

		CompletableFuture<Answer> send(List<Entry> batch) {
			int number = this.requests.getAndIncrement();
			boolean faulty = number < FAULTY_REQUESTS && number % 10 < this.faults.size();
			Fault fault = faulty ? this.faults.get(number % 10) : null;
			if (fault == Fault.THROWN) {
				throw new IllegalStateException("not sent");
			}
			return CompletableFuture.supplyAsync(() -> answer(batch, fault));
		}

		private Answer answer(List<Entry> batch, @Nullable Fault fault) {
			if (fault == Fault.THROTTLED) {
				throw new IllegalStateException("throttled");
			}
			BitSet done = new BitSet();
			done.set((fault != Fault.PARTIAL) ? 0 : 1, batch.size());
			done.stream()
				.forEach((place) -> this.carriedOut.merge(batch.get(place).receipt().messageId(), 1, Integer::sum));
			if (fault == Fault.LOST_ANSWER) {
				throw new IllegalStateException("connection reset");
			}
			return new Answer(done, new BitSet());
		}

	}

	/**
	 * For ends that are told one by one.
	 */
	private static final class NoListener implements EntryQueue.Listener {

		@Override
		public void answered(int retried, @Nullable Throwable failure) {
		}

		@Override
		public void progressed() {
		}

	}

}
