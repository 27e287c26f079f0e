package io.pubsub.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Makes the steps of a run from the stages of its pipeline.
 */
final class Assembly {

	private final List<Step> steps = new ArrayList<>();

	private final Run run;

	Assembly(Run run) {
		this.run = run;
	}

	Run run() {
		return this.run;
	}

	/**
	 * Makes steps.
	 * @param stages the stages
	 * @param last the step behind the last of them
	 * @return the first step
	 */
	Step assemble(List<Stage> stages, Step last) {
		Step next = last;
		for (int i = stages.size() - 1; i >= 0; i--) {
			Stage stage = stages.get(i);
			next = stage.factory().create(stage, this, listened(stage, next));
			this.steps.add(next);
		}
		return next;
	}

	private Step listened(Stage stage, Step next) {
		StageListener listener = this.run.listener();
		return (listener != null) ? new ListenedStep(stage.info().label(), listener, next) : next;
	}

	/**
	 * Makes the steps of a branch.
	 * @param limb the branch
	 * @param next the step behind the stage that it begins in
	 * @return the first step
	 */
	Step assemble(Stage.Limb limb, Step next) {
		return assemble(limb.stages(), limb.returning() ? next : new DoneStep(this.run));
	}

	/**
	 * All steps.
	 * @return the steps, those in front first
	 */
	List<Step> steps() {
		List<Step> inOrder = new ArrayList<>(this.steps);
		Collections.reverse(inOrder);
		return inOrder;
	}

}
