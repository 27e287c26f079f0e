package io.pubsub.pipeline;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.pubsub.Outcome;
import io.pubsub.dispatch.Arrival;
import io.pubsub.dispatch.Entry;
import io.pubsub.dispatch.Recipient;
import io.pubsub.internal.LogText;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where messages come into a {@link Run}: they begin one after the other, in the order in
 * which they come. Safe for use by many threads.
 */
final class Intake {

	private static final Logger logger = LoggerFactory.getLogger(Intake.class);

	private static final Object ORDER = new Object();

	private final Run run;

	private final Entry<Recipient> entry;

	private final Step first;

	private final BooleanSupplier halted;

	private final Room room;

	/**
	 * Makes an intake.
	 * @param run the run
	 * @param entry the entry, which opens messages
	 * @param first the step that takes their content
	 * @param halted tells whether no message should begin now
	 */
	Intake(Run run, Entry<Recipient> entry, Step first, BooleanSupplier halted) {
		this.run = run;
		this.entry = entry;
		this.first = first;
		this.halted = halted;
		this.room = run.room(1, Integer.MAX_VALUE, this::begin);
	}

	/**
	 * Takes a message over, without waiting.
	 * @param delivery its delivery
	 */
	void receive(Delivery delivery) {
		this.room.force(ORDER, delivery, null).run();
	}

	private void begin(Object element, @Nullable Lineage none, Carrier carrier) {
		Delivery delivery = (Delivery) element;
		if (this.run.isDraining() || this.halted.getAsBoolean()) {
			delivery.release(this.run.isDraining() ? Duration.ZERO : null);
			return;
		}
		Origin before = this.run.find(delivery.message().id());
		if (before != null && waitsBehind(before, delivery)) {
			return;
		}
		if (delivery.begin()) {
			try {
				begun(delivery, carrier);
			}
			catch (RuntimeException | Error ex) {
				logger.error("Message {} could not be taken into the pipeline {}; it is handed back",
						LogText.of(delivery.message().id()), this.run.name(), LogText.printable(ex));
				delivery.close();
			}
		}
	}

	private static boolean waitsBehind(Origin before, Delivery delivery) {
		delivery.park();
		return before.keepBehind(delivery) || !delivery.unpark();
	}

	private void begun(Delivery delivery, Carrier carrier) {
		Arrival<Recipient> arrival = this.entry.enter(delivery);
		if (arrival instanceof Arrival.Admitted<Recipient> admitted) {
			admitted(admitted, carrier);
		}
		else {
			this.run.judge(arrival, arrival.outcome((none) -> Outcome.succeeded()));
			this.run.progressed();
		}
	}

	private void admitted(Arrival.Admitted<Recipient> arrival, Carrier carrier) {
		// The surroundings of the one before are not those of the next.
		carrier.leave();
		OriginScopes scopes = this.run.scopes(arrival.content(), arrival.context());
		Outcome refusal = scopes.refusal();
		if (refusal == null) {
			refusal = this.run.refusal(arrival.delivery());
		}
		if (refusal != null) {
			this.run.judge(arrival, scopes.end(refusal));
			return;
		}
		Origin origin = new Origin(arrival, scopes, this.run);
		this.run.enter(origin);
		arrival.delivery().onLost(() -> this.run.lost(origin));
		try {
			this.first.accept(arrival.content(), origin, carrier);
		}
		catch (Throwable ex) {
			this.run.brokenOff(origin, ex);
		}
	}

}
