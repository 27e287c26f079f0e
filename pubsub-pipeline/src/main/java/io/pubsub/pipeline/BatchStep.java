package io.pubsub.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * Collects elements, those of one key on their own, until there are enough of them or
 * their time is over. The batches of one key leave in order, one at a time.
 */
final class BatchStep extends UserStep {

	private static final Object ONLY = new Object();

	private static final Long ONE = 1L;

	// Enough that whoever closes a batch seldom waits for the one before it.
	private static final int WAITING = 4;

	private final ReentrantLock lock = new ReentrantLock();

	// In the order in which they were opened.
	@GuardedBy("lock")
	private final Map<Object, OpenBatch> open = new LinkedHashMap<>();

	@GuardedBy("lock")
	private int resting;

	private final @Nullable Mapper<Object, ?> key;

	private final @Nullable Mapper<Object, ?> weight;

	private final Batching batching;

	private final Room room;

	private final Step next;

	/**
	 * Makes a step.
	 * @param stage the stage that it is of
	 * @param run the run
	 * @param key the key of an element; {@code null} for one batch of all
	 * @param workers the number of batches that leave at the same time
	 * @param batching the limits of a batch
	 * @param next the next step
	 */
	BatchStep(StageInfo stage, Run run, @Nullable Mapper<Object, ?> key, int workers, Batching batching, Step next) {
		super(stage, run);
		this.key = (key != null) ? lookUp("key", key) : null;
		this.batching = batching;
		ToLongFunction<Object> weight = batching.weight();
		this.weight = (weight != null) ? (element) -> weigh(weight, element) : null;
		this.next = next;
		this.room = run.room(workers, workers + WAITING, this::carry);
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		if (lineage.isOver()) {
			drop(lineage);
			return;
		}
		Object key = (this.key != null) ? call(this.key, value, lineage, carrier) : ONLY;
		if (key == null) {
			return;
		}
		Object weight = (this.weight != null) ? call(this.weight, value, lineage, carrier) : ONE;
		if (weight != null) {
			rest(key, value, lineage, (Long) weight, carrier);
		}
	}

	private void rest(Object key, Object value, Lineage lineage, long weight, Carrier carrier) {
		List<Runnable> leaving = add(key, value, lineage, weight);
		if (!leaving.isEmpty()) {
			leaving.forEach(Runnable::run);
			this.room.throttle(lineage, carrier);
		}
		if (run().isAborted()) {
			flush();
		}
	}

	private Object weigh(ToLongFunction<Object> function, Object value) {
		long weight = function.applyAsLong(value);
		if (weight < 0) {
			throw new IllegalArgumentException(
					"stage %s of pipeline %s gave an element the weight %d: give it at least 0"
						.formatted(stage().label(), run().name(), weight));
		}
		return weight;
	}

	private List<Runnable> add(Object key, Object value, Lineage lineage, long weight) {
		this.lock.lock();
		try {
			OpenBatch batch = this.open.get(key);
			if (batch != null && weight > this.batching.size() - batch.weight) {
				List<Runnable> leaving = new ArrayList<>(List.of(close(batch)));
				leaving.addAll(add(key, value, lineage, weight));
				return leaving;
			}
			if (batch == null) {
				batch = new OpenBatch(key);
				this.open.put(key, batch);
				batch.timer = run().after(this.batching.time(), batch::timeIsOver);
			}
			batch.add(value, lineage, weight);
			this.resting++;
			if (batch.weight >= this.batching.size()) {
				return List.of(close(batch));
			}
			boolean tooMany = this.resting > this.batching.maxOpen();
			return tooMany ? List.of(close(this.open.values().iterator().next())) : List.of();
		}
		finally {
			this.lock.unlock();
		}
	}

	// Under the lock, so that the batches of a key enter the room in their order.
	@GuardedBy("lock")
	private Runnable close(OpenBatch batch) {
		this.open.remove(batch.key);
		this.resting -= batch.values.size();
		if (batch.timer != null) {
			batch.timer.cancel();
		}
		return this.room.force(batch.key, batch, null);
	}

	@Override
	void flush() {
		List<Runnable> leaving = new ArrayList<>();
		this.lock.lock();
		try {
			List.copyOf(this.open.values()).forEach((batch) -> leaving.add(close(batch)));
		}
		finally {
			this.lock.unlock();
		}
		leaving.forEach(Runnable::run);
	}

	private void carry(Object closed, @Nullable Lineage none, Carrier carrier) {
		OpenBatch batch = (OpenBatch) closed;
		batch.dropWhatIsOver();
		if (!batch.values.isEmpty()) {
			meter().done();
			Joint joint = new Joint(batch.lineages.toArray(new Lineage[0]), run());
			try {
				this.next.accept(new Batch<>(batch.values, batch.lineages), joint, carrier);
			}
			catch (Throwable ex) {
				run().brokenOff(joint, ex);
			}
		}
	}

	@Override
	long waiting() {
		this.lock.lock();
		try {
			return this.resting;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A batch. While it takes more elements, it is guarded by the lock of the step; then
	 * it belongs to the carrier that it leaves with.
	 */
	private final class OpenBatch {

		private final List<Object> values = new ArrayList<>();

		private final List<Lineage> lineages = new ArrayList<>();

		private final Object key;

		private long weight;

		private Timekeeper.@Nullable Task timer;

		OpenBatch(Object key) {
			this.key = key;
		}

		private void add(Object value, Lineage lineage, long weight) {
			this.values.add(value);
			this.lineages.add(lineage);
			this.weight += weight;
		}

		private void dropWhatIsOver() {
			int kept = 0;
			for (int i = 0; i < this.values.size(); i++) {
				Lineage lineage = this.lineages.get(i);
				if (lineage.isOver() || lineage.isLost()) {
					drop(lineage);
				}
				else {
					this.values.set(kept, this.values.get(i));
					this.lineages.set(kept++, lineage);
				}
			}
			this.values.subList(kept, this.values.size()).clear();
			this.lineages.subList(kept, this.lineages.size()).clear();
		}

		private void timeIsOver() {
			Runnable leaving = null;
			BatchStep.this.lock.lock();
			try {
				if (BatchStep.this.open.get(this.key) == this) {
					leaving = close(this);
				}
			}
			finally {
				BatchStep.this.lock.unlock();
			}
			if (leaving != null) {
				leaving.run();
			}
		}

	}

}
