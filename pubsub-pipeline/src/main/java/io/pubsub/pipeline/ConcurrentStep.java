package io.pubsub.pipeline;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * Makes something else of several elements at the same time. What comes of them leaves in
 * the order in which they came, unless it need not.
 */
final class ConcurrentStep extends UserStep {

	private static final Object ORDER = new Object();

	private final Deque<Slot> slots = new ConcurrentLinkedDeque<>();

	private final Mapper<Object, ?> function;

	private final Concurrency concurrency;

	private final Gate gate;

	private final Room room;

	private final @Nullable Room exit;

	private final Step next;

	ConcurrentStep(StageInfo stage, Run run, Mapper<Object, ?> function, Concurrency concurrency, Step next) {
		super(stage, run);
		this.function = function;
		this.concurrency = concurrency;
		this.next = next;
		int capacity = Math.max(run.maxInFlight(), concurrency.workers());
		this.gate = run.gate(capacity);
		this.room = run.room(concurrency.workers(), capacity, this::work);
		this.exit = concurrency.ordered() ? run.room(1, capacity, this::leaveInOrder) : null;
	}

	@Override
	boolean actsOutside(Object value) {
		return true;
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		if (lineage.isOver() || !this.gate.enter(lineage, carrier)) {
			drop(lineage);
			return;
		}
		Slot slot = new Slot(value, lineage);
		if (this.exit != null) {
			this.slots.add(slot);
		}
		this.room.force(null, slot, lineage).run();
	}

	private void work(Object element, @Nullable Lineage lineage, Carrier carrier) {
		Slot slot = (Slot) element;
		slot.work(carrier);
		if (this.exit != null) {
			this.exit.force(ORDER, slot, slot.lineage).run();
		}
		else {
			leave(slot, carrier);
		}
	}

	// One that goes wrong must not hold up those behind it.
	private void leaveInOrder(Object element, @Nullable Lineage lineage, Carrier carrier) {
		Slot first = this.slots.peek();
		while (first != null && first.hasEnded()) {
			this.slots.remove();
			try {
				leave(first, carrier);
			}
			catch (Throwable ex) {
				run().brokenOff(first.lineage, ex);
			}
			first = this.slots.peek();
		}
	}

	private void leave(Slot slot, Carrier carrier) {
		slot.leaveGate();
		Object result = slot.result();
		if (result != null) {
			meter().done();
			this.next.accept(result, slot.lineage, carrier);
		}
	}

	@Override
	long waiting() {
		return this.room.waiting();
	}

	/**
	 * An element with its place in the order.
	 */
	private final class Slot implements TimeLimit.Overrun {

		private final Object value;

		private final Lineage lineage;

		private volatile @Nullable Object result;

		private volatile boolean ended;

		@GuardedBy("this")
		private boolean left;

		Slot(Object value, Lineage lineage) {
			this.value = value;
			this.lineage = lineage;
		}

		void work(Carrier carrier) {
			this.result = call(this::apply, this.value, this.lineage, carrier);
			this.ended = true;
		}

		// Once, also for one that ends after it was abandoned.
		synchronized void leaveGate() {
			if (!this.left) {
				this.left = true;
				ConcurrentStep.this.gate.leave();
			}
		}

		private Object apply(Object value) throws Exception {
			Mapper<Object, ?> function = ConcurrentStep.this.function;
			Duration limit = ConcurrentStep.this.concurrency.timeout();
			return (limit != null) ? new TimeLimit(limit, stage(), run(), this).apply(function, value)
					: function.apply(value);
		}

		@Override
		public void abandon(Throwable timeout) {
			abandoned(this.lineage, timeout);
			this.ended = true;
			if (ConcurrentStep.this.exit != null) {
				ConcurrentStep.this.exit.force(ORDER, this, this.lineage).run();
			}
			else {
				leaveGate();
			}
		}

		boolean hasEnded() {
			return this.ended;
		}

		@Nullable Object result() {
			return this.result;
		}

	}

}
