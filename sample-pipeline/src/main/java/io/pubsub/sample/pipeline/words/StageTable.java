package io.pubsub.sample.pipeline.words;

import java.util.stream.Collectors;

import io.pubsub.pipeline.PipelineStatistics;
import io.pubsub.pipeline.StageStatistics;

/**
 * The table of the steps of a pipeline.
 */
final class StageTable {

	private static final String LINE = "%-12s  %-12s %8s %8s %8s %8s %8s %8s %8s";

	private StageTable() {
	}

	static String of(PipelineStatistics statistics) {
		return statistics.stages()
			.stream()
			.map(StageTable::line)
			.collect(Collectors.joining("\n",
					LINE.formatted("step", "kind", "waiting", "at work", "done", "dropped", "dead", "failed", "retried")
							+ "\n",
					""));
	}

	private static String line(StageStatistics stage) {
		return LINE.formatted(stage.name(), stage.kind(), stage.waiting(), stage.atWork(), stage.done(),
				stage.dropped(), stage.dead(), stage.failed(), stage.retried());
	}

}
