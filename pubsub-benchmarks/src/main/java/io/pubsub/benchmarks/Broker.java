package io.pubsub.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.pubsub.benchmarks.client.Clients;
import io.pubsub.benchmarks.process.ChildJvm;
import io.pubsub.benchmarks.process.Signal;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The broker in its own JVM, and the clients of this one.
 */
final class Broker implements AutoCloseable {

	private static final Duration START = Duration.ofMinutes(1);

	private static final List<String> JVM_OPTIONS = List.of("-Xms512m", "-Xmx2g", "-XX:+UseG1GC");

	private final ChildJvm jvm;

	private final URI sqsEndpoint;

	private final URI snsEndpoint;

	private final SqsAsyncClient sqs;

	private final SnsAsyncClient sns;

	private Broker(ChildJvm jvm, URI sqsEndpoint, URI snsEndpoint) {
		this.jvm = jvm;
		this.sqsEndpoint = sqsEndpoint;
		this.snsEndpoint = snsEndpoint;
		this.sqs = new Clients(sqsEndpoint).sqs();
		this.sns = new Clients(snsEndpoint).sns();
	}

	static Broker start() throws InterruptedException {
		ChildJvm jvm = ChildJvm.start(BrokerApplication.class, JVM_OPTIONS);
		try {
			String[] endpoints = jvm.await(Signal.READY, START).split(" ", 2);
			return new Broker(jvm, URI.create(endpoints[0]), URI.create(endpoints[1]));
		}
		catch (RuntimeException | InterruptedException ex) {
			jvm.close();
			throw ex;
		}
	}

	URI sqsEndpoint() {
		return this.sqsEndpoint;
	}

	URI snsEndpoint() {
		return this.snsEndpoint;
	}

	SqsAsyncClient sqs() {
		return this.sqs;
	}

	String createQueue(String name) {
		return this.sqs.createQueue((request) -> request.queueName(name)).join().queueUrl();
	}

	void deleteQueue(String queueUrl) {
		this.sqs.deleteQueue((request) -> request.queueUrl(queueUrl)).join();
	}

	String createTopic(String name) {
		return this.sns.createTopic((request) -> request.name(name)).join().topicArn();
	}

	int messagesLeft(String queueUrl) {
		return this.sqs
			.getQueueAttributes((request) -> request.queueUrl(queueUrl)
				.attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
						QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
			.join()
			.attributes()
			.values()
			.stream()
			.mapToInt(Integer::parseInt)
			.sum();
	}

	@Override
	public void close() {
		this.sqs.close();
		this.sns.close();
		this.jvm.close();
	}

}
