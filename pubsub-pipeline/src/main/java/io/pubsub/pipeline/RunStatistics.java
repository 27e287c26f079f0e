package io.pubsub.pipeline;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.pubsub.pipeline.PipelineStatistics.Call;

/**
 * A look at a {@link Run}. Safe for use by many threads.
 */
final class RunStatistics {

	private static final int LONGEST_SHOWN = 10;

	private final Run run;

	private final StageGraph graph;

	private final List<Step> steps;

	/**
	 * Makes a look.
	 * @param run the run, assembled
	 * @param pipeline its pipeline
	 */
	RunStatistics(Run run, Pipeline pipeline) {
		Map<String, Step> byName = run.steps()
			.stream()
			.collect(Collectors.toMap((step) -> step.stage().label(), Function.identity()));
		this.run = run;
		this.graph = new StageGraph(pipeline);
		this.steps = pipeline.stageNames().stream().map(byName::get).toList();
	}

	/**
	 * The statistics of a pipeline that has not run.
	 * @param pipeline the pipeline
	 * @return the statistics
	 */
	static PipelineStatistics unused(Pipeline pipeline) {
		StageGraph graph = new StageGraph(pipeline);
		List<StageStatistics> stages = pipeline.allStages().map((stage) -> unused(stage.info(), graph)).toList();
		return new PipelineStatistics(pipeline.name(), 0, Duration.ZERO, stages, List.of(), List.of());
	}

	private static StageStatistics unused(StageInfo stage, StageGraph graph) {
		return new StageMeter().statistics(stage.label(), stage.kind(), graph.behind(stage.label()), 0, 0,
				Duration.ZERO);
	}

	/**
	 * The statistics at this moment.
	 * @return the statistics
	 */
	PipelineStatistics now() {
		long now = this.run.nanos();
		List<Call> calls = this.run.crew()
			.carriers()
			.stream()
			.map((carrier) -> call(carrier, now))
			.filter((call) -> !call.stage().isEmpty())
			.sorted(Comparator.comparing(Call::time).reversed())
			.toList();
		long oldest = this.run.origins().stream().mapToLong((origin) -> now - origin.begun()).max().orElse(0);
		List<StageStatistics> stages = this.steps.stream().map((step) -> statistics(step, calls)).toList();
		return new PipelineStatistics(this.run.name(), this.run.origins().size(), Duration.ofNanos(oldest), stages,
				calls.stream().limit(LONGEST_SHOWN).toList(), this.run.failures().last());
	}

	private static Call call(Carrier carrier, long now) {
		Step step = carrier.step();
		Lineage lineage = carrier.lineage();
		if (step == null || lineage == null) {
			return new Call("", "", "", Duration.ZERO);
		}
		return new Call(step.stage().label(), lineage.context().messageId(), carrier.thread().getName(),
				Duration.ofNanos(Math.max(now - carrier.since(), 0)));
	}

	private StageStatistics statistics(Step step, List<Call> calls) {
		String name = step.stage().label();
		List<Call> own = calls.stream().filter((call) -> call.stage().equals(name)).toList();
		Duration longest = own.isEmpty() ? Duration.ZERO : own.get(0).time();
		return step.meter()
			.statistics(name, step.stage().kind(), this.graph.behind(name), step.waiting(), own.size(), longest);
	}

}
