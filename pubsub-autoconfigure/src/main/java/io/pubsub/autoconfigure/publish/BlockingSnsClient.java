package io.pubsub.autoconfigure.publish;

import java.lang.reflect.Method;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration;
import io.awspring.cloud.autoconfigure.sns.SnsClientCustomizer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * The blocking client of SNS, if it was wired like the asynchronous one, so that it sends
 * messages to the same place in the same way: both come from the auto-configuration, and
 * customizers stand by for both or for neither.
 */
final class BlockingSnsClient {

	private BlockingSnsClient() {
	}

	/**
	 * Looks for the client.
	 * @param beans the beans of the application
	 * @return the client; {@code null} if there is none, or one of the two was provided
	 * or customized by itself
	 */
	static @Nullable SnsClient of(ConfigurableListableBeanFactory beans) {
		boolean alike = isMadeBy(PubSubProducerAutoConfiguration.SnsConfiguration.class, SnsAsyncClient.class, beans)
				&& isMadeBy(SnsAutoConfiguration.class, SnsClient.class, beans)
				&& has(AwsAsyncClientCustomizer.class, beans) == has(AwsSyncClientCustomizer.class, beans)
				&& has(SnsAsyncClientCustomizer.class, beans) == has(SnsClientCustomizer.class, beans);
		return alike ? beans.getBeanProvider(SnsClient.class).getIfUnique() : null;
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

}
