package io.pubsub.autoconfigure.publish;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration;
import io.awspring.cloud.autoconfigure.sns.SnsClientCustomizer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.endpoints.EndpointProvider;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsServiceClientConfiguration;
import software.amazon.awssdk.services.sns.endpoints.SnsEndpointProvider;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * The blocking client of SNS, if it can stand in for the asynchronous one: if nothing
 * about the two is known to differ in where messages go, and how.
 */
final class BlockingSnsClient {

	private static final String SDK_PACKAGE = SnsClient.class.getPackageName();

	private BlockingSnsClient() {
	}

	/**
	 * Looks for the client.
	 * @param client the asynchronous client
	 * @param beans the beans of the application
	 * @return the client; {@code null} if there is none, or it is another kind of client
	 */
	static @Nullable SnsClient of(SnsAsyncClient client, ConfigurableListableBeanFactory beans) {
		SnsClient blocking = beans.getBeanProvider(SnsClient.class).getIfUnique();
		return (blocking != null && areOfTheSdk(client, blocking) && haveTheSameOrigin(beans)
				&& areAlike(client.serviceClientConfiguration(), blocking.serviceClientConfiguration())) ? blocking
						: null;
	}

	// A mock, or a client that wraps another one, does something else.
	private static boolean areOfTheSdk(SnsAsyncClient client, SnsClient blocking) {
		return client.getClass().getName().equals(SDK_PACKAGE + ".DefaultSnsAsyncClient")
				&& blocking.getClass().getName().equals(SDK_PACKAGE + ".DefaultSnsClient");
	}

	// HTTP clients do not show what differs in them, such as a proxy. Whoever provides or
	// customizes one client and not the other has not prepared the other for the job.
	private static boolean haveTheSameOrigin(ConfigurableListableBeanFactory beans) {
		return isMadeBy(PubSubProducerAutoConfiguration.SnsConfiguration.class, SnsAsyncClient.class,
				beans) == isMadeBy(SnsAutoConfiguration.class, SnsClient.class, beans)
				&& has(AwsAsyncClientCustomizer.class, beans) == has(AwsSyncClientCustomizer.class, beans)
				&& has(SnsAsyncClientCustomizer.class, beans) == has(SnsClientCustomizer.class, beans);
	}

	private static boolean isMadeBy(Class<?> configuration, Class<?> client, ConfigurableListableBeanFactory beans) {
		for (String name : beans.getBeanNamesForType(client)) {
			Method method = (beans.containsBeanDefinition(name)
					&& beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition)
							? definition.getResolvedFactoryMethod() : null;
			if (method != null && method.getDeclaringClass().equals(configuration)) {
				return true;
			}
		}
		return false;
	}

	private static boolean has(Class<?> type, ConfigurableListableBeanFactory beans) {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type).length > 0;
	}

	private static boolean areAlike(SnsServiceClientConfiguration one, SnsServiceClientConfiguration other) {
		return Objects.equals(one.region(), other.region()) && one.endpointOverride().equals(other.endpointOverride())
				&& areAlike(one.endpointProvider(), other.endpointProvider())
				&& Objects.equals(one.credentialsProvider(), other.credentialsProvider())
				&& areAlike(one.overrideConfiguration(), other.overrideConfiguration());
	}

	private static boolean areAlike(Optional<EndpointProvider> one, Optional<EndpointProvider> other) {
		return one.equals(other) || (isTheDefault(one) && isTheDefault(other));
	}

	// Each client makes a default provider of its own, which is equal to no other.
	private static boolean isTheDefault(Optional<EndpointProvider> provider) {
		return provider.map(Object::getClass).equals(Optional.of(SnsEndpointProvider.defaultProvider().getClass()));
	}

	private static boolean areAlike(ClientOverrideConfiguration one, ClientOverrideConfiguration other) {
		return one.apiCallTimeout().equals(other.apiCallTimeout())
				&& one.apiCallAttemptTimeout().equals(other.apiCallAttemptTimeout())
				&& one.retryStrategy()
					.map(RetryStrategy::maxAttempts)
					.equals(other.retryStrategy().map(RetryStrategy::maxAttempts))
				&& one.headers().equals(other.headers())
				&& classes(one.executionInterceptors()).equals(classes(other.executionInterceptors()))
				&& classes(one.metricPublishers()).equals(classes(other.metricPublishers()));
	}

	private static List<? extends Class<?>> classes(List<?> objects) {
		return objects.stream().map(Object::getClass).toList();
	}

}
