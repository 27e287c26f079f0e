package io.pubsub.aws;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.pubsub.local.LocalBroker;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A broker that speaks SNS, SQS and S3, through the clients of AWS.
 *
 * @param sns the client of SNS
 * @param sqs the client of SQS
 * @param s3 the client of S3
 * @param s3Endpoint the address of S3
 * @param server the end of the server
 */
record Broker(SnsAsyncClient sns, SqsAsyncClient sqs, S3Client s3, URI s3Endpoint,
		Runnable server) implements AutoCloseable {

	private static final String REGION = "us-east-1";

	static Broker embedded() {
		LocalBroker local = LocalBroker.start();
		return connect(local.snsEndpoint(), local.sqsEndpoint(), local.s3Endpoint(), local::close);
	}

	static Broker at(URI endpoint, Runnable server) {
		return connect(endpoint, endpoint, endpoint, server);
	}

	private static Broker connect(URI sns, URI sqs, URI s3, Runnable server) {
		return new Broker(configure(SnsAsyncClient.builder(), sns).build(),
				configure(SqsAsyncClient.builder(), sqs).build(), s3At(s3, 50), s3, server);
	}

	/**
	 * Makes a client of S3.
	 * @param endpoint the address
	 * @param connections the number of connections that it has at most
	 * @param interceptors the interceptors
	 * @return the client, to be closed
	 */
	static S3Client s3At(URI endpoint, int connections, ExecutionInterceptor... interceptors) {
		return configure(S3Client.builder(), endpoint).forcePathStyle(true)
			.httpClientBuilder(Apache5HttpClient.builder().maxConnections(connections))
			.overrideConfiguration((client) -> client.executionInterceptors(List.of(interceptors)))
			.build();
	}

	private static <B extends AwsClientBuilder<B, ?>> B configure(B builder, URI endpoint) {
		return builder.endpointOverride(endpoint)
			.region(Region.of(REGION))
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

	/**
	 * Creates a bucket that nobody else uses.
	 * @return its name
	 */
	String createBucket() {
		String name = "contract-" + UUID.randomUUID();
		this.s3.createBucket((request) -> request.bucket(name));
		return name;
	}

	void subscribe(String topicArn, String queueUrl, boolean raw) {
		String queueArn = queueArn(queueUrl);
		this.sns
			.subscribe((request) -> request.topicArn(topicArn)
				.protocol("sqs")
				.endpoint(queueArn)
				.attributes(Map.of("RawMessageDelivery", String.valueOf(raw))))
			.join();
	}

	String queueArn(String queueUrl) {
		return this.sqs
			.getQueueAttributes((request) -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
			.join()
			.attributes()
			.get(QueueAttributeName.QUEUE_ARN);
	}

	@Override
	public void close() {
		this.sns.close();
		this.sqs.close();
		this.s3.close();
		this.server.run();
	}

}
