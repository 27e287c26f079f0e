package io.pubsub.kinesis.consume;

import java.net.URI;
import java.time.Duration;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Clients of a server that stands in for AWS.
 */
final class ServerClients {

	private final KinesisAsyncClient kinesis;

	private final DynamoDbAsyncClient dynamo;

	ServerClients(String endpoint) {
		// The server knows neither CBOR nor HTTP/2.
		System.setProperty("aws.cborEnabled", "false");
		StaticCredentialsProvider credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));
		this.kinesis = KinesisAsyncClient.builder()
			.endpointOverride(URI.create(endpoint))
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(credentials)
			.httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
			.build();
		this.dynamo = DynamoDbAsyncClient.builder()
			.endpointOverride(URI.create(endpoint))
			.region(Region.EU_CENTRAL_1)
			.credentialsProvider(credentials)
			.build();
	}

	KinesisAsyncClient kinesis() {
		return this.kinesis;
	}

	DynamoDbAsyncClient dynamo() {
		return this.dynamo;
	}

	KinesisSource source(String stream, String application, String worker, Timekeeper time) {
		return new KinesisSource(this.kinesis, this.dynamo, options("kinesis:" + stream, application, worker).build(),
				time);
	}

	/**
	 * A source by enhanced fan-out.
	 */
	KinesisSource source(PushingKinesis kinesis, String arn, String application, Timekeeper time) {
		return new KinesisSource(kinesis.client(), this.dynamo,
				options("kinesis:" + arn, application, "worker").fanOut(true).build(), time);
	}

	private static KinesisSourceOptions.Builder options(String stream, String application, String worker) {
		return KinesisSourceOptions.builder(stream, application)
			.worker(worker)
			.failover(Duration.ofSeconds(2))
			.pollInterval(Duration.ofMillis(200))
			.backoff(BackoffPolicy.fixed(Duration.ofMillis(100)));
	}

}
