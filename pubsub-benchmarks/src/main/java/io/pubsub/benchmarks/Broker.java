package io.pubsub.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.pubsub.benchmarks.client.Clients;
import io.pubsub.benchmarks.process.ChildJvm;
import io.pubsub.benchmarks.process.Signal;
import org.jspecify.annotations.Nullable;
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

	private final URI s3Endpoint;

	private final SqsAsyncClient sqs;

	private final SnsAsyncClient sns;

	private @Nullable Bucket bucket;

	private Broker(ChildJvm jvm, URI sqsEndpoint, URI snsEndpoint, URI s3Endpoint) {
		this.jvm = jvm;
		this.sqsEndpoint = sqsEndpoint;
		this.snsEndpoint = snsEndpoint;
		this.s3Endpoint = s3Endpoint;
		this.sqs = new Clients(sqsEndpoint).sqs();
		this.sns = new Clients(snsEndpoint).sns();
	}

	static Broker start() throws InterruptedException {
		ChildJvm jvm = ChildJvm.start(BrokerApplication.class, JVM_OPTIONS);
		try {
			String[] endpoints = jvm.await(Signal.READY, START).split(" ", 3);
			return new Broker(jvm, URI.create(endpoints[0]), URI.create(endpoints[1]), URI.create(endpoints[2]));
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

	URI s3Endpoint() {
		return this.s3Endpoint;
	}

	/**
	 * Return the bucket, which is made when it is first asked for.
	 * @return the bucket, kept for all measurements
	 */
	Bucket bucket() {
		Bucket made = this.bucket;
		if (made == null) {
			made = new Bucket(new Clients(this.s3Endpoint).s3());
			this.bucket = made;
		}
		return made;
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
		if (this.bucket != null) {
			this.bucket.close();
		}
		this.jvm.close();
	}

}
