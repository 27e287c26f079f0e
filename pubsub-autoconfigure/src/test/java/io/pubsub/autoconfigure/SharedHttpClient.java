package io.pubsub.autoconfigure;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One HTTP client for the clients of all application contexts: closing one of its own
 * takes each of them two seconds, the quiet period of Netty.
 */
@Configuration(proxyBeanMethods = false)
public class SharedHttpClient {

	private static final SdkAsyncHttpClient CLIENT = NettyNioAsyncHttpClient.create();

	/**
	 * The client.
	 * @return the client, which nobody closes
	 */
	public static SdkAsyncHttpClient client() {
		return CLIENT;
	}

	@Bean
	AwsAsyncClientCustomizer sharedHttpClientCustomizer() {
		return (builder) -> builder.httpClient(CLIENT);
	}

}
