package io.pubsub.autoconfigure.local;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.aws.place.Fifo;
import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the embedded broker with the topics and the queue that the application is
 * configured with.
 */
final class LocalBrokerStart {

	private static final Logger logger = LoggerFactory.getLogger(LocalBrokerStart.class);

	// A message that fails this often will fail again: put it where a developer sees it.
	private static final int MAX_RECEIVE_COUNT = 5;

	private LocalBrokerStart() {
	}

	static LocalBroker of(PubSubProperties properties, String[] connectionDetails) {
		refuseToRunBeside(connectionDetails);
		LocalTopology topology = LocalTopology.of(properties);
		refuseToTrust(properties, topology);
		LocalBroker broker = LocalBroker.builder()
			.sqsPort(properties.local().sqsPort())
			.snsPort(properties.local().snsPort())
			.s3Port(properties.local().s3Port())
			.start();
		try {
			provision(broker, topology);
			new LocalBuckets(broker, topology).create(properties);
		}
		// It is no bean yet, which the context would close.
		catch (RuntimeException ex) {
			broker.close();
			throw ex;
		}
		logger.info("The local broker is up: SQS at {}, SNS at {}, S3 at {}. To publish to it: {}",
				broker.sqsEndpoint(), broker.snsEndpoint(), broker.s3Endpoint(),
				publishCommand(broker, topology.defaultTopicArn()));
		return broker;
	}

	// The credentials and the region of the other one would be used with this one.
	private static void refuseToRunBeside(String[] others) {
		if (others.length > 0) {
			throw new LocalBrokerUnusableException(
					"pubsub.local.enabled is true, but there is also another broker, of the AwsConnectionDetails bean "
							+ String.join(", ", others),
					"Set pubsub.local.enabled=false to use that broker, or remove the container that it comes from"
							+ " (@ServiceConnection, Docker Compose) to use the embedded one.");
		}
	}

	private static void refuseToTrust(PubSubProperties properties, LocalTopology topology) {
		if (properties.consumer().enabled() && topology.consumesQueues()
				&& !properties.consumer().trustedTopics().isEmpty()) {
			throw new LocalBrokerUnusableException(
					"pubsub.local.enabled is true, and pubsub.consumer.trusted-topics is set: the embedded broker"
							+ " does not sign, so that no message would be handled",
					"Set pubsub.consumer.trusted-topics only where the service runs on AWS, in a profile for instance.");
		}
	}

	private static void provision(LocalBroker broker, LocalTopology topology) {
		topology.deadLetterQueues().forEach(broker::createQueue);
		topology.redrives().forEach((queue, letters) -> provision(broker, topology, queue, letters));
		topology.destinations()
			.values()
			.stream()
			.filter((queue) -> !topology.redrives().containsKey(queue))
			.filter((queue) -> !topology.deadLetterQueues().contains(queue))
			.forEach(broker::createQueue);
	}

	private static void provision(LocalBroker broker, LocalTopology topology, String queue, String letters) {
		broker.createQueue(queue, QueueOptions.defaults().withDeadLetterQueue(letters, MAX_RECEIVE_COUNT));
		topology.topicNames().forEach((topic) -> {
			String arn = broker.createTopic(topic);
			if (Fifo.isAddress(topic) || !Fifo.isAddress(queue)) {
				broker.subscribe(arn, queue, false, null);
			}
			else {
				logger.warn("The topic {} is not subscribed by the queue {}: SNS permits that only to FIFO topics",
						topic, queue);
			}
		});
	}

	static String publishCommand(LocalBroker broker, String topicArn) {
		String command = "AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s aws --region %s --endpoint-url %s"
			.formatted(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY, broker.region(), broker.snsEndpoint())
				+ " sns publish --topic-arn %s --message '{\"mediaType\": \"application/vnd.example.hello\"}'"
					.formatted(topicArn);
		return Fifo.isAddress(topicArn)
				? command + " --message-group-id local --message-deduplication-id \"$(date +%s)\"" : command;
	}

}
