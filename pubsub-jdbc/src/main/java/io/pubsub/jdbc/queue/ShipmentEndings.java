package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import io.pubsub.internal.LogText;
import io.pubsub.transport.PublishResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what becomes of the messages of a shipment. Only a message that is refused for its
 * own sake has had an attempt.
 */
final class ShipmentEndings {

	private static final Logger logger = LoggerFactory.getLogger(JdbcOutbox.class);

	// Of a message whose neighbours were published.
	private static final Duration SHORT_DELAY = Duration.ofSeconds(1);

	private final LongAdder published = new LongAdder();

	private final LongAdder parked = new LongAdder();

	private final OutboxOptions options;

	private final AddressPauses pauses;

	ShipmentEndings(OutboxOptions options, AddressPauses pauses) {
		this.options = options;
		this.pauses = pauses;
	}

	List<Ending> of(Shipment shipment) {
		Duration delay = delayOfUntried(shipment);
		List<Ending> endings = new ArrayList<>();
		for (int i = 0; i < shipment.results().size(); i++) {
			endings.add(of(shipment.holds().get(i).claim(), shipment.results().get(i), delay));
		}
		return endings;
	}

	private Duration delayOfUntried(Shipment shipment) {
		Exception outage = shipment.outage();
		if (shipment.published() > 0) {
			this.pauses.succeeded(shipment.address());
		}
		else if (outage != null) {
			return this.pauses.failed(shipment.address(), outage);
		}
		else {
			this.pauses.ended(shipment.address());
		}
		return SHORT_DELAY;
	}

	private Ending of(Claim claim, PublishResult result, Duration delay) {
		if (result.isPublished()) {
			return Ending.done(claim);
		}
		if (!result.refused()) {
			return Ending.untried(claim, delay);
		}
		String reason = Reasons.cut((result.failure() != null) ? result.failure().getMessage() : null);
		return (claim.attempt() < this.options.maxAttempts())
				? Ending.retry(claim, this.options.backoff().delay(claim.attempt())) : Ending.park(claim, reason);
	}

	/**
	 * Counts what was settled.
	 * @param ending the ending
	 */
	void settled(Ending ending) {
		if (ending.kind() == Ending.Kind.DONE) {
			this.published.increment();
		}
		if (ending.kind() == Ending.Kind.PARK) {
			this.parked.increment();
			Claim claim = ending.claim();
			logger.warn(
					"Message {} of the outbox, {} for {}, is parked after {} attempts, until it is released or"
							+ " discarded: {}",
					claim.id(), claim.mediaType(), LogText.of(claim.address()), claim.attempt(), ending.reason());
		}
	}

	long published() {
		return this.published.sum();
	}

	long parked() {
		return this.parked.sum();
	}

}
