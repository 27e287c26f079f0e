package io.pubsub.aws.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The parcels that were handled, and the number of times.
 */
final class HandledLedger {

	private final Map<Integer, Integer> times = new ConcurrentHashMap<>();

	void record(int number) {
		this.times.merge(number, 1, Integer::sum);
	}

	/**
	 * The handler that only records, for what does not depend on the handling.
	 */
	Outcome handle(Parcel parcel, MessageContext context) {
		record(parcel.number());
		return Outcome.succeeded();
	}

	int handled() {
		return this.times.size();
	}

	/**
	 * The number of times that a parcel was handled again.
	 * @return the number for all parcels together
	 */
	int duplicates() {
		return this.times.values().stream().mapToInt(Integer::intValue).sum() - this.times.size();
	}

	void awaitHandled(int count) {
		Awaitility.await()
			.atMost(Faults.PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.untilAsserted(() -> assertThat(handled()).isGreaterThanOrEqualTo(count));
	}

	/**
	 * Waits until a queue has given up all of its messages.
	 * @param queue the queue
	 * @param count the number of parcels that were sent to it
	 */
	void awaitAllHandledOnce(TestQueue queue, int count) {
		awaitHandled(count);
		Awaitility.await().atMost(Faults.PATIENCE).until(queue::isEmpty);
		assertAllHandledOnce(count);
	}

	void assertAllHandled(int count) {
		assertThat(this.times.keySet()).isEqualTo(numbers(count));
	}

	void assertAllHandledOnce(int count) {
		assertAllHandled(count);
		assertThat(this.times).allSatisfy((number, times) -> assertThat(times).isEqualTo(1));
	}

	private static Set<Integer> numbers(int count) {
		return IntStream.range(0, count).boxed().collect(Collectors.toSet());
	}

}
