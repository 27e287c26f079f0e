package io.pubsub.aws.doctor;

import java.net.URI;
import java.util.List;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Clients of a broker, whose answers may be planted.
 */
final class Clients {

	// A client that closes its own takes seconds.
	private static final SdkAsyncHttpClient http = NettyNioAsyncHttpClient.create();

	private Clients() {
	}

	static SqsAsyncClient sqs(URI endpoint, ExecutionInterceptor... answers) {
		return configure(SqsAsyncClient.builder(), answers).endpointOverride(endpoint).build();
	}

	static SnsAsyncClient sns(URI endpoint, ExecutionInterceptor... answers) {
		return configure(SnsAsyncClient.builder(), answers).endpointOverride(endpoint).build();
	}

	static <B extends AwsClientBuilder<B, ?> & AwsAsyncClientBuilder<B, ?>> B configure(B builder,
			ExecutionInterceptor... answers) {
		return builder.httpClient(http)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
			.overrideConfiguration((client) -> client.executionInterceptors(List.of(answers)));
	}

}
