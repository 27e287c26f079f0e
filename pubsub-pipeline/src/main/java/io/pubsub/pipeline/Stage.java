package io.pubsub.pipeline;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A stage of a pipeline: what it is called, the branches that begin in it, and how it is
 * made when the pipeline runs.
 *
 * @param info the name of the stage and what it does with failures
 * @param limbs the branches that begin in it
 * @param lanes the lanes that it opens for the stage behind it, if it does
 * @param factory the factory of its step
 */
record Stage(StageInfo info, List<Limb> limbs, @Nullable Lanes lanes, Factory factory) {

	Stage(String kind, Factory factory) {
		this(new StageInfo(kind), List.of(), null, factory);
	}

	Stage with(StageInfo info) {
		return new Stage(info, this.limbs, this.lanes, this.factory);
	}

	Stage with(List<Limb> limbs) {
		return new Stage(this.info, limbs, this.lanes, this.factory);
	}

	/**
	 * The stages of a branch.
	 *
	 * @param key the class of the elements that go there; {@code null} if all do
	 * @param stages the stages
	 * @param returning whether the branch goes on in the stage behind that it begins in
	 */
	record Limb(@Nullable Object key, List<Stage> stages, boolean returning) {

	}

	/**
	 * How elements are spread.
	 *
	 * @param key the key of an element
	 * @param workers the number of keys that are worked on at the same time
	 */
	record Lanes(Mapper<Object, ?> key, int workers) {

	}

	/**
	 * Makes the step of a stage.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Makes the step.
		 * @param stage the stage
		 * @param assembly the assembly of the pipeline
		 * @param next the next step
		 * @return the step
		 */
		Step create(Stage stage, Assembly assembly, Step next);

	}

}
