package io.pubsub.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Spreads elements over carriers, those of one key to one at a time.
 */
final class KeyedStep extends UserStep {

	// Small rooms make whoever brings elements wait, and be woken, all the time.
	private static final int ROOM = 1_000;

	private final Mapper<Object, ?> key;

	private final Room room;

	private final Step next;

	KeyedStep(StageInfo stage, Run run, Mapper<Object, ?> key, int workers, Step next) {
		super(stage, run);
		this.key = lookUp("key", key);
		this.next = next;
		this.room = run.room(workers, Math.max(run.maxInFlight(), ROOM), this::carry);
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		Object key = call(this.key, value, lineage, carrier);
		if (key != null && !this.room.put(key, value, lineage, carrier)) {
			drop(lineage);
		}
	}

	private void carry(Object value, @Nullable Lineage lineage, Carrier carrier) {
		if (lineage != null) {
			meter().done();
			this.next.accept(value, lineage, carrier);
		}
	}

	@Override
	long waiting() {
		return this.room.waiting();
	}

}
