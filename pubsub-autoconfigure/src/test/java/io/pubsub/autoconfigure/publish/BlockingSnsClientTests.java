package io.pubsub.autoconfigure.publish;

import java.io.IOException;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration;
import io.awspring.cloud.autoconfigure.sns.SnsClientCustomizer;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.publish.PublishException;
import io.pubsub.publish.SnsProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsAsyncClientBuilder;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BlockingSnsClient}.
 */
class BlockingSnsClientTests {

	private static final SdkAsyncHttpClient HTTP = NettyNioAsyncHttpClient.create();

	private static final String DEFAULT_TOPIC = "pubsub.producer.topics.default=arn:aws:sns:eu-west-1:123456789012:all";

	private static final AwsCredentialsProvider CREDENTIALS = AnonymousCredentialsProvider.create();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				AwsAutoConfiguration.class, PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=example", "spring.cloud.aws.region.static=eu-west-1");

	private final ApplicationContextRunner withSns = this.contextRunner
		.withConfiguration(AutoConfigurations.of(SnsAutoConfiguration.class))
		.withBean(SnsAsyncClientCustomizer.class, () -> (builder) -> builder.httpClient(HTTP))
		.withBean(SnsClientCustomizer.class, () -> (builder) -> {
		});

	@AfterAll
	static void close() {
		HTTP.close();
	}

	@Test
	void isTheOneOfSpringCloudAws() {
		this.withSns.run((context) -> assertThat(find(context)).isSameAs(context.getBean(SnsClient.class)));
	}

	@Test
	void isNoneWithoutOne() {
		this.contextRunner.withUserConfiguration(SharedHttpClient.class)
			.run((context) -> assertThat(find(context)).isNull());
	}

	@Test
	void isNoneWhenOnlyTheAsynchronousClientIsCustomized() {
		this.withSns.withBean(AwsAsyncClientCustomizer.class, () -> (builder) -> {
		}).run((context) -> assertThat(find(context)).isNull());
	}

	@Test
	void isNoneWhenOnlyTheBlockingClientIsCustomized() {
		this.withSns.withBean(AwsSyncClientCustomizer.class, () -> (builder) -> {
		}).run((context) -> assertThat(find(context)).isNull());
	}

	@Test
	void isTheOneWhenBothAreCustomized() {
		this.withSns.withBean(AwsAsyncClientCustomizer.class, () -> (builder) -> {
		}).withBean(AwsSyncClientCustomizer.class, () -> (builder) -> {
		}).run((context) -> assertThat(find(context)).isNotNull());
	}

	@Test
	void isNoneWhenTheApplicationProvidesOnlyTheAsynchronousClient() {
		this.withSns.withBean(AwsCredentialsProvider.class, () -> CREDENTIALS)
			.withBean(SnsAsyncClient.class, () -> asynchronous().build())
			.run((context) -> assertThat(find(context)).isNull());
	}

	@Test
	void isNoneWhenTheApplicationProvidesOnlyTheBlockingClient() {
		this.withSns.withBean(AwsCredentialsProvider.class, () -> CREDENTIALS)
			.withBean(SnsClient.class, () -> blocking().build())
			.run((context) -> assertThat(find(context)).isNull());
	}

	@Test
	void isNoneWhenOnlyOneOfThemIsCustomizedForSns() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(SnsAutoConfiguration.class))
			.withBean(SnsAsyncClientCustomizer.class, () -> (builder) -> builder.httpClient(HTTP))
			.run((context) -> assertThat(find(context)).isNull());
	}

	@Test
	void isNoneWhenACustomizerOfTheParentIsOnlyForOneOfThem() {
		this.contextRunner.withUserConfiguration(SharedHttpClient.class)
			.run((parent) -> this.withSns.withParent(parent).run((context) -> assertThat(find(context)).isNull()));
	}

	@Test
	void isNoneWhenItIsAMock() {
		this.withSns.withBean(SnsAsyncClient.class, () -> Mockito.mock(SnsAsyncClient.class))
			.withBean(SnsClient.class, () -> Mockito.mock(SnsClient.class))
			.run((context) -> assertThat(find(context)).isNull());
	}

	@Test
	void isNoneWhenTheApplicationProvidesBoth() {
		this.withSns.withBean(SnsAsyncClient.class, () -> asynchronous().build())
			.withBean(SnsClient.class, () -> blocking().build())
			.run((context) -> assertThat(find(context)).isNull());
	}

	@Test
	void mustBeInTheRegionOfTheTopicsToo() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(SnsAutoConfiguration.class))
			.withBean(SnsAsyncClientCustomizer.class, () -> (builder) -> builder.httpClient(HTTP))
			.withBean(SnsClientCustomizer.class, () -> (builder) -> builder.region(Region.EU_WEST_2))
			.withPropertyValues(DEFAULT_TOPIC)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("but the client asks eu-west-2"));
	}

	@Test
	void publishesForWhoeverWaits() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(SnsAutoConfiguration.class))
			.withBean(SnsAsyncClientCustomizer.class, () -> (builder) -> builder.httpClient(HTTP))
			.withBean(SnsClientCustomizer.class,
					() -> (builder) -> builder.httpClient(new Unreachable())
						.overrideConfiguration(BlockingSnsClientTests::tryOnce))
			.withPropertyValues(DEFAULT_TOPIC, "spring.cloud.aws.credentials.access-key=a",
					"spring.cloud.aws.credentials.secret-key=b")
			.run((context) -> assertThatExceptionOfType(PublishException.class)
				.isThrownBy(() -> context.getBean(SnsProducer.class).produce(new ScannedMessage("hello")))
				.withStackTraceContaining("the blocking client cannot reach it"));
	}

	private static void tryOnce(ClientOverrideConfiguration.Builder configuration) {
		configuration.retryStrategy((retry) -> retry.maxAttempts(1));
	}

	private static @Nullable SnsClient find(ConfigurableApplicationContext context) {
		return BlockingSnsClient.of(context.getBeanFactory());
	}

	private static SnsAsyncClientBuilder asynchronous() {
		return SnsAsyncClient.builder().httpClient(HTTP).region(Region.EU_WEST_1).credentialsProvider(CREDENTIALS);
	}

	private static SnsClientBuilder blocking() {
		return SnsClient.builder().region(Region.EU_WEST_1).credentialsProvider(CREDENTIALS);
	}

	/**
	 * An HTTP client that reaches nobody.
	 */
	private static final class Unreachable implements SdkHttpClient {

		@Override
		public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
			return new ExecutableHttpRequest() {

				@Override
				public HttpExecuteResponse call() throws IOException {
					throw new IOException("the blocking client cannot reach it");
				}

				@Override
				public void abort() {
				}

			};
		}

		@Override
		public void close() {
		}

	}

}
