package io.pubsub.aws.faults;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The client of AWS with its defaults, on an endpoint of the tests.
 */
final class SqsClients {

	private SqsClients() {
	}

	static SqsAsyncClient at(URI endpoint, ExecutionInterceptor... interceptors) {
		return SqsAsyncClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
			// A read timeout would notice what the daemon has to notice itself.
			.httpClientBuilder(NettyNioAsyncHttpClient.builder().readTimeout(Duration.ofMinutes(5)))
			.overrideConfiguration((client) -> client.executionInterceptors(List.of(interceptors)))
			.build();
	}

}
