package io.pubsub.autoconfigure.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.pubsub.autoconfigure.consume.DaemonGroup;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.internal.UnknownNameException;

/**
 * The pipelines of the application that it runs, each with a daemon of its own.
 *
 * @since 0.1.0
 */
public final class Pipelines implements DaemonGroup {

	private final Map<String, RunningPipeline> byName = new LinkedHashMap<>();

	Pipelines(List<RunningPipeline> pipelines) {
		pipelines.forEach((pipeline) -> this.byName.put(pipeline.managed().name(), pipeline));
	}

	/**
	 * All of them.
	 * @return the pipelines, in the order of their beans
	 */
	public List<RunningPipeline> all() {
		return List.copyOf(this.byName.values());
	}

	/**
	 * One of them.
	 * @param name the name of the pipeline
	 * @return the pipeline
	 * @throws UnknownNameException if there is none of that name, or it is not run here
	 */
	public RunningPipeline get(String name) {
		RunningPipeline pipeline = this.byName.get(name);
		if (pipeline == null) {
			throw new UnknownNameException("the call", name, "pipeline", this.byName.keySet());
		}
		return pipeline;
	}

	@Override
	public List<ManagedDaemon> daemons() {
		return all().stream().map(RunningPipeline::managed).toList();
	}

}
