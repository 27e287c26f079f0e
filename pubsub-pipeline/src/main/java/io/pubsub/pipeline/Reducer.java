package io.pubsub.pipeline;

/**
 * Adds an element to a result. It may throw whatever it likes: all elements of the batch
 * have failed then.
 *
 * @param <R> the type of the result
 * @param <T> the type of the elements
 * @since 0.1.0
 */
@FunctionalInterface
public interface Reducer<R, T> {

	/**
	 * Adds an element.
	 * @param result the result until now
	 * @param element the element
	 * @return the new result, which may be the same object, never {@code null}
	 * @throws Exception if the elements fail
	 */
	R apply(R result, T element) throws Exception;

}
