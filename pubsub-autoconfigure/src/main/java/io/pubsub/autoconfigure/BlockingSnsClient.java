package io.pubsub.autoconfigure;

import java.util.List;
import java.util.Objects;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.sns.SnsClientCustomizer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsServiceClientConfiguration;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The blocking client of SNS, if it can stand in for the asynchronous one: if nothing
 * about the two is known to differ in where messages go, and how.
 */
final class BlockingSnsClient {

	private static final List<String> OURS = List.of("io.awspring.cloud.autoconfigure.", "io.pubsub.autoconfigure.");

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
		return (blocking != null && isOfTheSdk(client) && isOfTheSdk(blocking) && haveTheSameOrigin(beans)
				&& areAlike(client.serviceClientConfiguration(), blocking.serviceClientConfiguration())) ? blocking
						: null;
	}

	// A mock, or a client that wraps another one, does something else.
	private static boolean isOfTheSdk(Object client) {
		return client.getClass().getPackageName().equals(SnsClient.class.getPackageName());
	}

	// HTTP clients do not show what differs in them, such as a proxy. Whoever provides or
	// customizes one client and not the other has not prepared the other for the job.
	private static boolean haveTheSameOrigin(ConfigurableListableBeanFactory beans) {
		boolean autoConfigured = isAutoConfigured(beans, SnsAsyncClient.class);
		if (autoConfigured != isAutoConfigured(beans, SnsClient.class)) {
			return false;
		}
		return !autoConfigured
				|| (has(beans, AwsAsyncClientCustomizer.class) == has(beans, AwsSyncClientCustomizer.class)
						&& has(beans, SnsAsyncClientCustomizer.class) == has(beans, SnsClientCustomizer.class));
	}

	private static boolean isAutoConfigured(ConfigurableListableBeanFactory beans, Class<?> type) {
		for (String name : beans.getBeanNamesForType(type)) {
			if (beans.containsBeanDefinition(name)
					&& beans.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
					&& definition.getFactoryMethodMetadata() != null && OURS.stream()
						.anyMatch(definition.getFactoryMethodMetadata().getDeclaringClassName()::startsWith)) {
				return true;
			}
		}
		return false;
	}

	private static boolean has(ConfigurableListableBeanFactory beans, Class<?> type) {
		return beans.getBeanNamesForType(type).length > 0;
	}

	private static boolean areAlike(SnsServiceClientConfiguration one, SnsServiceClientConfiguration other) {
		return Objects.equals(one.region(), other.region()) && one.endpointOverride().equals(other.endpointOverride())
				&& Objects.equals(one.credentialsProvider(), other.credentialsProvider())
				&& areAlike(one.overrideConfiguration(), other.overrideConfiguration());
	}

	private static boolean areAlike(ClientOverrideConfiguration one, ClientOverrideConfiguration other) {
		return one.apiCallTimeout().equals(other.apiCallTimeout())
				&& one.apiCallAttemptTimeout().equals(other.apiCallAttemptTimeout())
				&& one.headers().equals(other.headers())
				&& classes(one.executionInterceptors()).equals(classes(other.executionInterceptors()));
	}

	private static List<? extends Class<?>> classes(List<?> objects) {
		return objects.stream().map(Object::getClass).toList();
	}

}
