package io.pubsub.pipeline;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A part of a pipeline that only some of its elements go through.
 *
 * @param <T> the type of the elements that come in
 * @param <R> the type of the elements that return to the main line
 * @since 0.1.0
 */
public final class Branch<T, R> {

	private final @Nullable Function<Flow<T>, Flow<R>> returning;

	private final Function<Flow<T>, ?> stages;

	private Branch(@Nullable Function<Flow<T>, Flow<R>> returning, Function<Flow<T>, ?> stages) {
		this.returning = returning;
		this.stages = stages;
	}

	/**
	 * A branch that returns to the main line.
	 * @param stages adds the stages of the branch; it may add none
	 * @param <T> the type of the elements that come in
	 * @param <R> the type of the elements that return
	 * @return the branch
	 */
	public static <T, R> Branch<T, R> returning(Function<Flow<T>, Flow<R>> stages) {
		return new Branch<>(stages, stages);
	}

	/**
	 * A branch that ends.
	 * @param stages adds the stages of the branch, the last of which ends it
	 * @param <T> the type of the elements that come in
	 * @param <R> the type of the elements of the main line
	 * @return the branch
	 */
	public static <T, R> Branch<T, R> ending(Function<Flow<T>, Pipeline> stages) {
		return new Branch<>(null, stages);
	}

	Function<Flow<T>, ?> stages() {
		return this.stages;
	}

	boolean isReturning() {
		return this.returning != null;
	}

}
