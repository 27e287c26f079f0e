package io.pubsub.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Elements that one carrier has taken over together, to be worked on in their order. For
 * one thread.
 */
final class Chunk {

	// Enough for the hop to cost little; what waits behind them can be done by others.
	private static final int SIZE = 64;

	private final @Nullable Object[] values = new Object[SIZE];

	private final @Nullable Lineage[] lineages = new Lineage[SIZE];

	private int size;

	boolean isFull() {
		return this.size == SIZE;
	}

	int size() {
		return this.size;
	}

	void add(Object value, @Nullable Lineage lineage) {
		this.values[this.size] = value;
		this.lineages[this.size] = lineage;
		this.size++;
	}

	Object value(int index) {
		Object value = this.values[index];
		if (value == null) {
			throw new IndexOutOfBoundsException(index);
		}
		return value;
	}

	@Nullable Lineage lineage(int index) {
		return this.lineages[index];
	}

	void clear() {
		for (int i = 0; i < this.size; i++) {
			this.values[i] = null;
			this.lineages[i] = null;
		}
		this.size = 0;
	}

}
