package io.pubsub.jdbc.queue;

import java.util.List;
import java.util.stream.IntStream;

import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * Messages of an outbox that were handed to the destination together, and what became of
 * each.
 *
 * @param address the address of all
 * @param holds the holds on the messages
 * @param results the results, in the order of the messages
 */
record Shipment(String address, List<LeaseKeeper.Hold> holds, List<PublishResult> results) {

	/**
	 * What came of messages.
	 * @param address the address of all
	 * @param holds the holds on the messages
	 * @param results the results, if there are any
	 * @param failure the failure of the destination to say anything, if it has failed
	 * @return the shipment
	 */
	static Shipment of(String address, List<LeaseKeeper.Hold> holds, @Nullable List<PublishResult> results,
			@Nullable Throwable failure) {
		if (failure == null && results != null && results.size() == holds.size()) {
			return new Shipment(address, holds, results);
		}
		PublishResult unknown = PublishResult.failed(new IllegalStateException(
				"the destination did not say what became of %d messages".formatted(holds.size()), failure));
		return new Shipment(address, holds, IntStream.range(0, holds.size()).mapToObj((place) -> unknown).toList());
	}

	/**
	 * How many were published.
	 * @return the number
	 */
	int published() {
		return (int) this.results.stream().filter(PublishResult::isPublished).count();
	}

	/**
	 * The reason why a message was not published that is not the message's own.
	 * @return the reason; {@code null} if there is none
	 */
	@Nullable Exception outage() {
		return this.results.stream()
			.filter((result) -> !result.refused())
			.map(PublishResult::failure)
			.filter((failure) -> failure != null)
			.findFirst()
			.orElse(null);
	}

}
