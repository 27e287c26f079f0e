package io.pubsub.console;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.pipeline.PipelineStatistics;
import io.pubsub.pipeline.StageStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Samples the stages of pipelines, and draws their graphs.
 *
 * @param gauges takes the samples
 */
record StageProbe(Gauges gauges) implements Sampler.Probe, Graphs {

	@Override
	public void sample(ManagedDaemon daemon, long slot) {
		if (daemon.statistics().get() instanceof PipelineStatistics statistics) {
			for (StageStatistics stage : statistics.stages()) {
				this.gauges.set(begun(daemon, stage), slot, arrived(stage) - stage.waiting());
				this.gauges.set(waiting(daemon, stage), slot, stage.waiting());
			}
		}
	}

	@Override
	public @Nullable Graph of(ManagedDaemon daemon) {
		if (!(daemon.statistics().get() instanceof PipelineStatistics statistics)) {
			return null;
		}
		String bottleneck = bottleneck(daemon, statistics.stages());
		Map<String, StageStatistics> byName = statistics.stages()
			.stream()
			.collect(Collectors.toMap(StageStatistics::name, Function.identity()));
		Map<String, Long> sources = statistics.stages()
			.stream()
			.flatMap((stage) -> stage.next().stream())
			.collect(Collectors.groupingBy((name) -> name, Collectors.counting()));
		List<Graph.Stage> stages = statistics.stages()
			.stream()
			.map((stage) -> new Graph.Stage(stage.name(), stage.kind(), edges(stage, byName, sources), stage.waiting(),
					stage.atWork(), stage.done(), stage.dropped(), stage.dead(), stage.failed(), stage.retried(),
					stage.meanTime().toNanos() / 1000, stage.longestAtWork().toMillis(),
					this.gauges.perMinute(begun(daemon, stage)), stage.name().equals(bottleneck)))
			.toList();
		List<Graph.Call> calls = statistics.atWork()
			.stream()
			.map((call) -> new Graph.Call(call.stage(), call.messageId(), call.thread(), call.time().toMillis()))
			.toList();
		return new Graph(statistics.oldest().toMillis(), stages, calls);
	}

	private static String begun(ManagedDaemon daemon, StageStatistics stage) {
		return "begun/" + daemon.name() + "/" + stage.name();
	}

	private static String waiting(ManagedDaemon daemon, StageStatistics stage) {
		return "waiting/" + daemon.name() + "/" + stage.name();
	}

	private static long arrived(StageStatistics stage) {
		return stage.waiting() + stage.atWork() + stage.done() + stage.dropped() + stage.dead() + stage.failed();
	}

	// Nobody counts the elements of each way. Where one stage leads to one other, all go
	// there that it has let through; but a flat-map makes others of them.
	private static List<Graph.Edge> edges(StageStatistics stage, Map<String, StageStatistics> stages,
			Map<String, Long> sources) {
		return stage.next().stream().map((name) -> {
			StageStatistics next = stages.get(name);
			boolean single = next != null && sources.getOrDefault(name, 0L) == 1 && !collects(next);
			boolean all = stage.next().size() == 1 && !stage.kind().equals("flat-map");
			Long elements = (next != null && single) ? Long.valueOf(arrived(next)) : null;
			return new Graph.Edge(name, all ? Long.valueOf(stage.done()) : elements);
		}).toList();
	}

	// A slow stage fills those in front of it, so it is the last that has much to do.
	// What
	// waits in an open batch waits for others, and not for the stage.
	private @Nullable String bottleneck(ManagedDaemon daemon, List<StageStatistics> stages) {
		Map<String, Double> waiting = stages.stream()
			.collect(Collectors.toMap(StageStatistics::name,
					(stage) -> collects(stage) ? 0 : this.gauges.mean(waiting(daemon, stage))));
		double most = waiting.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
		return stages.stream()
			.map(StageStatistics::name)
			.filter((name) -> waiting.getOrDefault(name, 0.0) >= Math.max(most / 2, 1))
			.reduce((first, second) -> second)
			.orElse(null);
	}

	private static boolean collects(StageStatistics stage) {
		return stage.kind().equals("batch") || stage.kind().equals("reduce");
	}

}
