package io.pubsub.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import io.pubsub.local.LocalBroker;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A broker that speaks SNS and SQS, through the clients of AWS.
 *
 * @param sns the client of SNS
 * @param sqs the client of SQS
 * @param server the end of the server
 */
record Broker(SnsAsyncClient sns, SqsAsyncClient sqs, Runnable server) implements AutoCloseable {

	static Broker embedded() {
		LocalBroker local = LocalBroker.start();
		return connect(local.snsEndpoint(), local.sqsEndpoint(), local.region(), local::close);
	}

	static Broker at(URI endpoint, Runnable server) {
		return connect(endpoint, endpoint, "us-east-1", server);
	}

	private static Broker connect(URI sns, URI sqs, String region, Runnable server) {
		return new Broker(configure(SnsAsyncClient.builder(), sns, region).build(),
				configure(SqsAsyncClient.builder(), sqs, region).build(), server);
	}

	private static <B extends AwsClientBuilder<B, ?>> B configure(B builder, URI endpoint, String region) {
		return builder.endpointOverride(endpoint)
			.region(Region.of(region))
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
	}

	/**
	 * Creates a queue that nobody else uses.
	 * @param visibilityTimeout the time for which it hides what was received
	 * @return its URL
	 */
	String createQueue(Duration visibilityTimeout) {
		return this.sqs
			.createQueue((request) -> request.queueName("contract-" + UUID.randomUUID())
				.attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "" + visibilityTimeout.toSeconds())))
			.join()
			.queueUrl();
	}

	/**
	 * Creates a topic that nobody else uses.
	 * @return its ARN
	 */
	String createTopic() {
		return this.sns.createTopic((request) -> request.name("contract-" + UUID.randomUUID())).join().topicArn();
	}

	void subscribe(String topicArn, String queueUrl, boolean raw) {
		String queueArn = this.sqs
			.getQueueAttributes((request) -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
			.join()
			.attributes()
			.get(QueueAttributeName.QUEUE_ARN);
		this.sns
			.subscribe((request) -> request.topicArn(topicArn)
				.protocol("sqs")
				.endpoint(queueArn)
				.attributes(Map.of("RawMessageDelivery", String.valueOf(raw))))
			.join();
	}

	@Override
	public void close() {
		this.sns.close();
		this.sqs.close();
		this.server.run();
	}

}
