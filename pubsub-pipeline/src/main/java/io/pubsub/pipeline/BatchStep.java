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
		this.key = key;
		this.batching = batching;
		ToLongFunction<Object> weight = batching.weight();
		this.weight = (weight != null) ? (element) -> weigh(weight, element) : null;
		this.next = next;
		this.room = run.room(workers, workers + 1, this::carry);
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
			rest(key, new Member(value, lineage, (Long) weight), carrier);
		}
	}

	private void rest(Object key, Member member, Carrier carrier) {
		List<Runnable> leaving = new ArrayList<>(0);
		add(key, member, leaving);
		if (!leaving.isEmpty()) {
			leaving.forEach(Runnable::run);
			this.room.throttle(member.lineage(), carrier);
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

	private void add(Object key, Member member, List<Runnable> leaving) {
		this.lock.lock();
		try {
			OpenBatch batch = this.open.get(key);
			if (batch != null && member.weight() > this.batching.size() - batch.weight) {
				leaving.add(close(batch));
				batch = null;
			}
			if (batch == null) {
				batch = new OpenBatch(key);
				this.open.put(key, batch);
				batch.timer = run().after(this.batching.time(), batch::timeIsOver);
			}
			batch.members.add(member);
			batch.weight += member.weight();
			this.resting++;
			if (batch.weight >= this.batching.size()) {
				leaving.add(close(batch));
			}
			else if (this.resting > Math.max(Batching.MAX_OPEN, this.batching.size())) {
				leaving.add(close(this.open.values().iterator().next()));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	// Under the lock, so that the batches of a key enter the room in their order.
	@GuardedBy("lock")
	private Runnable close(OpenBatch batch) {
		this.open.remove(batch.key);
		this.resting -= batch.members.size();
		if (batch.timer != null) {
			batch.timer.cancel();
		}
		return this.room.force(batch.key, batch.members, null);
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

	@SuppressWarnings("unchecked")
	private void carry(Object members, @Nullable Lineage none, Carrier carrier) {
		List<Object> values = new ArrayList<>();
		List<Lineage> lineages = new ArrayList<>();
		for (Member member : (List<Member>) members) {
			if (member.lineage().isOver() || member.lineage().isLost()) {
				drop(member.lineage());
			}
			else {
				values.add(member.value());
				lineages.add(member.lineage());
			}
		}
		if (!values.isEmpty()) {
			meter().done();
			Joint joint = new Joint(lineages.toArray(new Lineage[0]), run());
			try {
				this.next.accept(new Batch<>(values, lineages), joint, carrier);
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

	private record Member(Object value, Lineage lineage, long weight) {

	}

	/**
	 * A batch that takes more elements. Guarded by the lock of the step.
	 */
	private final class OpenBatch {

		private final List<Member> members = new ArrayList<>();

		private final Object key;

		private long weight;

		private Timekeeper.@Nullable Task timer;

		OpenBatch(Object key) {
			this.key = key;
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
