package io.pubsub.pipeline;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.pubsub.MessageContext;

/**
 * Elements that were collected to be worked on together, in the order in which they came.
 * <p>
 * If a function throws, all of them have failed; to fail single ones and keep the others,
 * it calls {@link #fail(int, Throwable)} and returns. The list cannot be changed. For the
 * thread of the function that it is given to.
 *
 * @param <T> the type of the elements
 * @since 0.1.0
 */
public final class Batch<T> extends AbstractList<T> implements RandomAccess {

	private final List<T> elements;

	private final List<Lineage> lineages;

	private final int[] places;

	private final Map<Integer, Throwable> failures = new TreeMap<>();

	/**
	 * Makes a batch with a lineage of its own.
	 * @param elements the elements
	 * @param lineages the lineage of each, in the order of the lineage of the batch
	 */
	Batch(List<T> elements, List<Lineage> lineages) {
		this(elements, lineages, IntStream.range(0, elements.size()).toArray());
	}

	/**
	 * Makes a batch.
	 * @param elements the elements
	 * @param lineages the lineage of each
	 * @param places the place of each in the lineage of the batch
	 */
	private Batch(List<T> elements, List<Lineage> lineages, int[] places) {
		this.elements = elements;
		this.lineages = lineages;
		this.places = places;
	}

	/**
	 * An element.
	 */
	@Override
	public T get(int index) {
		return this.elements.get(index);
	}

	/**
	 * The number of elements.
	 */
	@Override
	public int size() {
		return this.elements.size();
	}

	/**
	 * The context of the message that an element comes from. What is current while the
	 * function runs is what the contexts of all elements have in common.
	 * @param index the index of the element
	 * @return the context
	 * @throws IndexOutOfBoundsException if there is no such element
	 */
	public MessageContext context(int index) {
		return this.lineages.get(index).context();
	}

	/**
	 * Says that an element has failed, although the others have not. It fails with an
	 * exception as if a function had thrown it for this element alone.
	 * @param index the index of the element
	 * @param cause the exception
	 * @throws IndexOutOfBoundsException if there is no such element
	 */
	public void fail(int index, Throwable cause) {
		Objects.checkIndex(index, size());
		this.failures.put(index, Objects.requireNonNull(cause, "an element fails with an exception"));
	}

	/**
	 * Forgets what has failed, before another attempt.
	 */
	void begin() {
		this.failures.clear();
	}

	Map<Integer, Throwable> failures() {
		return this.failures;
	}

	int place(int index) {
		return this.places[index];
	}

	/**
	 * The elements that have not failed.
	 * @return a batch of these, which may be empty
	 */
	Batch<T> rest() {
		int[] kept = IntStream.range(0, size()).filter((index) -> !this.failures.containsKey(index)).toArray();
		return new Batch<>(Arrays.stream(kept).mapToObj(this.elements::get).toList(),
				Arrays.stream(kept).mapToObj(this.lineages::get).toList(),
				Arrays.stream(kept).map((index) -> this.places[index]).toArray());
	}

	/**
	 * Whether the other one is a list of equal elements.
	 */
	@Override
	public boolean equals(Object other) {
		return super.equals(other);
	}

	@Override
	public int hashCode() {
		return super.hashCode();
	}

	/**
	 * Names the batch without its elements, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "Batch[" + size() + " elements]";
	}

}
