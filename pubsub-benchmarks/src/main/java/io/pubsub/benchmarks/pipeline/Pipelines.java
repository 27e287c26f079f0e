package io.pubsub.benchmarks.pipeline;

import io.pubsub.benchmarks.scenario.Contender;

/**
 * Starts the contenders. They run until the process ends.
 */
public final class Pipelines {

	private Pipelines() {
	}

	/**
	 * Start a contender.
	 * @param contender the contender
	 * @param setup the setup of the contender
	 */
	public static void start(Contender contender, Setup setup) {
		switch (contender) {
			case HAND -> new HandPipeline(setup, 1).start();
			case HAND_CHUNKS -> new HandPipeline(setup, Setup.CHUNK).start();
			case REACTOR -> ReactorPipeline.start(setup);
			case REACTOR_CHUNKS -> ReactorPipeline.startInChunks(setup);
			case PUBSUB_PIPELINE -> PubSubPipeline.start(setup);
			case PUBSUB_PIPELINE_SCHEMA -> PubSubPipeline.startOfSchema(setup);
			default -> throw new IllegalArgumentException("%s is no pipeline in memory".formatted(contender));
		}
	}

}
