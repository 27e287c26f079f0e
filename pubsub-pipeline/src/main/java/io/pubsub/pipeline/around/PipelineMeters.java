package io.pubsub.pipeline.around;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.pipeline.PipelineStatistics;
import io.pubsub.pipeline.StageStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a pipeline and each of its stages are doing. The numbers are as old as a
 * tenth of a second, so that one look at the pipeline serves all meters of a scrape. Safe
 * for use by many threads.
 *
 * @since 0.1.0
 */
public final class PipelineMeters {

	/**
	 * The name of the tag that has the name of the pipeline.
	 */
	public static final String TAG = "pipeline";

	private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final PipelineReceiver receiver;

	private volatile @Nullable Snapshot snapshot;

	/**
	 * Makes meters.
	 * @param receiver the receiver that runs the pipeline
	 */
	public PipelineMeters(PipelineReceiver receiver) {
		this.receiver = receiver;
	}

	/**
	 * Adds the meters {@code pubsub.pipeline.*}. As a method reference, this is a
	 * {@code MeterBinder}.
	 * @param registry the registry, which knows this object only for as long as somebody
	 * else does
	 */
	public void bindTo(MeterRegistry registry) {
		Tags tags = Tags.of(TAG, this.receiver.pipeline().name());
		Gauge.builder("pubsub.pipeline.in.flight", this, (meters) -> meters.now().pipeline().inFlight())
			.description("Messages that have begun and are not settled")
			.tags(tags)
			.register(registry);
		TimeGauge
			.builder("pubsub.pipeline.oldest", this, TimeUnit.NANOSECONDS,
					(meters) -> meters.now().pipeline().oldest().toNanos())
			.description("Time since the oldest of the messages in flight has begun")
			.tags(tags)
			.register(registry);
		this.receiver.pipeline().stageNames().forEach((stage) -> bind(registry, stage, tags.and("stage", stage)));
	}

	private void bind(MeterRegistry registry, String stage, Tags tags) {
		gauge(registry, "waiting", stage(stage, StageStatistics::waiting), tags,
				"Elements that wait in front of a stage, or in its open batches");
		gauge(registry, "at.work", stage(stage, StageStatistics::atWork), tags,
				"Elements that the function of a stage is being called with");
		TimeGauge
			.builder("pubsub.pipeline.stage.longest", this, TimeUnit.NANOSECONDS,
					stage(stage, (statistics) -> statistics.longestAtWork().toNanos()))
			.description("Time of the longest call of the function of a stage that goes on")
			.tags(tags)
			.register(registry);
		elements(registry, "done", stage(stage, StageStatistics::done), tags);
		elements(registry, "dropped", stage(stage, StageStatistics::dropped), tags);
		elements(registry, "dead", stage(stage, StageStatistics::dead), tags);
		elements(registry, "failed", stage(stage, StageStatistics::failed), tags);
		FunctionCounter.builder("pubsub.pipeline.stage.retries", this, stage(stage, StageStatistics::retried))
			.description("Attempts that were repeated in a stage")
			.tags(tags)
			.register(registry);
		FunctionTimer
			.builder("pubsub.pipeline.stage.calls", this,
					(meters) -> meters.now().stage(stage, StageStatistics::measured),
					stage(stage, (statistics) -> statistics.measuredTime().toNanos()), TimeUnit.NANOSECONDS)
			.description("Calls of the function of a stage; of quick functions, a sample")
			.tags(tags)
			.register(registry);
	}

	private void gauge(MeterRegistry registry, String meter, ToDoubleFunction<PipelineMeters> value, Tags tags,
			String description) {
		Gauge.builder("pubsub.pipeline.stage." + meter, this, value)
			.description(description)
			.tags(tags)
			.register(registry);
	}

	private void elements(MeterRegistry registry, String result, ToDoubleFunction<PipelineMeters> count, Tags tags) {
		FunctionCounter.builder("pubsub.pipeline.stage.elements", this, count)
			.description("Elements that have come out of a stage, or have ended in it")
			.tags(tags.and("result", result))
			.register(registry);
	}

	private static ToDoubleFunction<PipelineMeters> stage(String stage, ToLongFunction<StageStatistics> value) {
		return (meters) -> meters.now().stage(stage, value);
	}

	private Snapshot now() {
		long now = System.nanoTime();
		Snapshot last = this.snapshot;
		if (last == null || now - last.taken() > FRESH_NANOS) {
			last = Snapshot.of(this.receiver.statistics(), now);
			this.snapshot = last;
		}
		return last;
	}

	/**
	 * One look at the pipeline.
	 *
	 * @param pipeline the statistics
	 * @param stages those of the stages by their names
	 * @param taken the time of the look, in nanoseconds
	 */
	private record Snapshot(PipelineStatistics pipeline, Map<String, StageStatistics> stages, long taken) {

		static Snapshot of(PipelineStatistics pipeline, long now) {
			return new Snapshot(pipeline,
					pipeline.stages().stream().collect(Collectors.toMap(StageStatistics::name, Function.identity())),
					now);
		}

		long stage(String name, ToLongFunction<StageStatistics> value) {
			StageStatistics statistics = this.stages.get(name);
			return (statistics != null) ? value.applyAsLong(statistics) : 0;
		}

	}

}
