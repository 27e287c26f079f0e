package io.pubsub.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * Elements that must be worked on one after the other. Guarded by its room.
 */
final class Lane {

	// Values and lineages take turns.
	private final Deque<Object> elements = new ArrayDeque<>(4);

	private @Nullable Object key;

	private boolean busy;

	void assign(@Nullable Object key) {
		this.key = key;
	}

	@Nullable Object key() {
		return this.key;
	}

	void add(Object value, @Nullable Lineage lineage) {
		this.elements.add(value);
		this.elements.add((lineage != null) ? lineage : this);
	}

	/**
	 * Claims the lane, for a carrier or for the line of those that are ready.
	 * @return {@code false} if it was claimed before
	 */
	boolean claim() {
		boolean free = !this.busy;
		this.busy = true;
		return free;
	}

	void free() {
		this.busy = false;
	}

	boolean isEmpty() {
		return this.elements.isEmpty();
	}

	/**
	 * Takes out what has gathered.
	 * @param chunk the chunk to fill, which is empty
	 */
	void drainTo(Chunk chunk) {
		while (!this.elements.isEmpty() && !chunk.isFull()) {
			Object value = this.elements.remove();
			chunk.add(value, (this.elements.remove() instanceof Lineage lineage) ? lineage : null);
		}
	}

}
