package io.pubsub.benchmarks.client;

import java.net.URI;
import java.time.Duration;

import io.pubsub.local.LocalBroker;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Makes the clients of all contenders alike.
 */
public final class Clients {

	/** The region of the broker. */
	public static final String REGION = "us-east-1";

	private static final AwsCredentialsProvider CREDENTIALS = StaticCredentialsProvider
		.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY));

	private static final int CONNECTIONS = 100;

	private static final Duration ACQUISITION = Duration.ofSeconds(30);

	private final URI endpoint;

	private final ExecutionInterceptor interceptor;

	/**
	 * Prepare for clients of a broker.
	 * @param endpoint the endpoint of the broker
	 * @param interceptor the interceptor of every request
	 */
	public Clients(URI endpoint, ExecutionInterceptor interceptor) {
		this.endpoint = endpoint;
		this.interceptor = interceptor;
	}

	/**
	 * Prepare for clients of a broker whose requests are not counted.
	 * @param endpoint the endpoint of the broker
	 */
	public Clients(URI endpoint) {
		this(endpoint, new ExecutionInterceptor() {
		});
	}

	/**
	 * Make a client of SQS.
	 * @return the client
	 */
	public SqsAsyncClient sqs() {
		return configure(SqsAsyncClient.builder()).httpClient(netty()).build();
	}

	/**
	 * Make a client of SNS.
	 * @return the client
	 */
	public SnsAsyncClient sns() {
		return configure(SnsAsyncClient.builder()).httpClient(netty()).build();
	}

	/**
	 * Make a blocking client of SNS.
	 * @return the client
	 */
	public SnsClient blockingSns() {
		return configure(SnsClient.builder()).httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS))
			.build();
	}

	/**
	 * Make a blocking client of S3.
	 * @return the client
	 */
	public S3Client s3() {
		return configure(S3Client.builder()).forcePathStyle(true)
			.httpClientBuilder(Apache5HttpClient.builder().maxConnections(CONNECTIONS))
			.build();
	}

	private <B extends AwsClientBuilder<B, ?>> B configure(B builder) {
		return builder.endpointOverride(this.endpoint)
			.region(Region.of(REGION))
			.credentialsProvider(CREDENTIALS)
			.overrideConfiguration((override) -> override.addExecutionInterceptor(this.interceptor));
	}

	private static SdkAsyncHttpClient netty() {
		return NettyNioAsyncHttpClient.builder()
			.maxConcurrency(CONNECTIONS)
			.connectionAcquisitionTimeout(ACQUISITION)
			.build();
	}

}
