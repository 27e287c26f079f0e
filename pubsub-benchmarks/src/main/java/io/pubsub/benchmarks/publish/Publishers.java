package io.pubsub.benchmarks.publish;

import io.pubsub.benchmarks.client.Clients;
import io.pubsub.benchmarks.scenario.Contender;

/**
 * Starts the contenders that publish. They run until the process ends.
 */
public final class Publishers {

	private Publishers() {
	}

	/**
	 * Start a contender.
	 * @param contender the contender
	 * @param clients the clients to use
	 * @param topicArn the topic that it publishes to
	 * @return the contender
	 */
	public static Publisher start(Contender contender, Clients clients, String topicArn) {
		return switch (contender) {
			case RAW -> new RawPublisher(clients.sns(), clients.blockingSns(), topicArn);
			case SNS_TEMPLATE -> SnsTemplatePublisher.start(clients, topicArn);
			case PUBSUB -> PubSubPublisher.start(clients, topicArn);
			default -> throw new IllegalArgumentException("%s does not publish".formatted(contender));
		};
	}

}
