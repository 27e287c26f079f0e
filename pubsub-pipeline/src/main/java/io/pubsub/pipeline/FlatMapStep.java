package io.pubsub.pipeline;

import java.util.Iterator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Takes each element apart, one part after the other, on the thread that brings it.
 */
final class FlatMapStep extends UserStep {

	private final Mapper<Object, ?> function;

	private final Step next;

	FlatMapStep(StageInfo stage, Run run, Mapper<Object, ?> function, Step next) {
		super(stage, run);
		this.function = function;
		this.next = next;
	}

	@Override
	void accept(Object value, Lineage lineage, Carrier carrier) {
		Object parts = call(this.function, value, lineage, carrier);
		if (parts != null) {
			new Parting(lineage, carrier).take(value, parts);
		}
	}

	/**
	 * The taking apart of one element.
	 */
	private final class Parting {

		// Counted ahead, so that not each part takes a turn at the count.
		private static final int FORKED = 32;

		private final Lineage lineage;

		private final Carrier carrier;

		private int forked;

		private boolean parted;

		Parting(Lineage lineage, Carrier carrier) {
			this.lineage = lineage;
			this.carrier = carrier;
		}

		void take(Object value, Object parts) {
			Throwable thrown = null;
			try {
				push(parts);
			}
			catch (Overtaken ex) {
				meter().dropped();
			}
			catch (Throwable ex) {
				thrown = ex;
			}
			this.carrier.resume(FlatMapStep.this, this.lineage);
			thrown = close(parts, thrown);
			this.lineage.fork(-this.forked);
			if (thrown != null) {
				fail(value, this.lineage, thrown, this.carrier);
			}
			else {
				noteIfEmpty();
				this.lineage.end(1);
			}
		}

		// Where there are parts, they are the leaves.
		private void noteIfEmpty() {
			if (!this.parted) {
				this.lineage.note(Lineage.Rest.DONE);
			}
		}

		// The iterator of a stream would buffer what nested streams have.
		private void push(Object parts) {
			if (parts instanceof Stream<?> stream) {
				// One that is parallel would hand on from threads that are not ours.
				stream.sequential().forEachOrdered(this::hand);
			}
			else {
				Iterator<?> iterator = (parts instanceof Iterable<?> iterable) ? iterable.iterator()
						: (Iterator<?>) parts;
				while (iterator.hasNext()) {
					hand(iterator.next());
				}
			}
			meter().done();
		}

		private void hand(@Nullable Object part) {
			if (this.lineage.isOver()) {
				throw new Overtaken();
			}
			if (part == null) {
				throw new IllegalStateException("stage %s of pipeline %s gave null among the parts of an element"
					.formatted(stage().label(), run().name()));
			}
			if (this.forked == 0) {
				this.lineage.fork(FORKED);
				this.forked = FORKED;
			}
			this.forked--;
			this.parted = true;
			try {
				FlatMapStep.this.next.accept(part, this.lineage, this.carrier);
			}
			catch (Throwable ex) {
				run().brokenOff(this.lineage, ex);
				throw new Overtaken();
			}
			// What makes the next part works for this element, and is at work here.
			this.carrier.resume(FlatMapStep.this, this.lineage);
			this.carrier.progressed();
		}

		private static @Nullable Throwable close(Object parts, @Nullable Throwable thrown) {
			if (parts instanceof AutoCloseable closeable) {
				try {
					closeable.close();
				}
				catch (Throwable ex) {
					if (thrown == null) {
						return ex;
					}
					thrown.addSuppressed(ex);
				}
			}
			return thrown;
		}

	}

	/**
	 * Ends the taking apart of an element whose message will come again.
	 */
	private static final class Overtaken extends RuntimeException {

		Overtaken() {
			super(null, null, false, false);
		}

	}

}
