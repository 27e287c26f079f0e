package io.pubsub.benchmarks.consume;

import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.MessageJson;

/**
 * Starts the contenders that consume. They run until the process ends.
 */
public final class Consumers {

	private Consumers() {
	}

	/**
	 * Start a contender.
	 * @param contender the contender
	 * @param setup the setup
	 */
	public static void start(Contender contender, Setup setup) {
		switch (contender) {
			case RAW -> startRaw(setup);
			case DYNAMIC_SQS -> DynamicSqsConsumer.start(setup);
			case SQS_LISTENER -> SqsListenerConsumer.start(setup);
			case SQS_LISTENER_TUNED -> SqsListenerConsumer.startTuned(setup);
			case PUBSUB, PUBSUB_TWO, PUBSUB_THREE, PUBSUB_TUNED -> PubSubConsumer.start(setup);
			default -> throw new IllegalArgumentException("%s does not consume".formatted(contender));
		}
	}

	private static void startRaw(Setup setup) {
		MessageJson json = new MessageJson();
		new RawLoop(setup.client(), setup.queueUrl(), setup.concurrency(), (body) -> setup.decodeAndHandle(json, body))
			.start();
	}

}
