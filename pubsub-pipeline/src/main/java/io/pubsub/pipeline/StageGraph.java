package io.pubsub.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the elements of each stage of a pipeline go.
 */
final class StageGraph {

	private final Map<String, List<String>> next = new HashMap<>();

	/**
	 * Makes the graph of a pipeline.
	 * @param pipeline the pipeline
	 */
	StageGraph(Pipeline pipeline) {
		add(pipeline.stages(), List.of());
	}

	/**
	 * Adds stages.
	 * @param stages the stages, in their order
	 * @param behind the name of the stage behind the last of them, if there is one
	 */
	private void add(List<Stage> stages, List<String> behind) {
		for (int i = 0; i < stages.size(); i++) {
			add(stages.get(i), first(stages.subList(i + 1, stages.size()), behind));
		}
	}

	private void add(Stage stage, List<String> behind) {
		List<String> own = new ArrayList<>();
		this.next.put(stage.info().label(), own);
		for (Stage.Limb limb : stage.limbs()) {
			List<String> joins = limb.returning() ? behind : List.of();
			own.addAll(first(limb.stages(), joins));
			add(limb.stages(), joins);
		}
		if (stage.limbs().isEmpty()) {
			own.addAll(behind);
		}
	}

	private static List<String> first(List<Stage> stages, List<String> otherwise) {
		return stages.isEmpty() ? otherwise : List.of(stages.get(0).info().label());
	}

	/**
	 * The stages behind one.
	 * @param stage the name of the stage
	 * @return their names, those of branches in the order of the branches
	 */
	List<String> behind(String stage) {
		return this.next.getOrDefault(stage, List.of()).stream().distinct().toList();
	}

}
