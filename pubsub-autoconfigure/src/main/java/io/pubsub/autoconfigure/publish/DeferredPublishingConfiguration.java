package io.pubsub.autoconfigure.publish;

import io.pubsub.publish.PublishOnSuccess;
import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.PublishTransactions;

import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What messages wait for before they are published.
 */
@Configuration(proxyBeanMethods = false)
class DeferredPublishingConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PublishScopes pubSubPublishScopes(ObjectProvider<PublishTransactions> transactions) {
		return new PublishScopes(transactions.getIfAvailable(PublishTransactions::none));
	}

	@Bean
	@ConditionalOnMissingBean
	PublishOnSuccess pubSubPublishOnSuccess(PublishScopes scopes) {
		return new PublishOnSuccess(scopes);
	}

	/**
	 * Methods as scopes.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(AbstractBeanFactoryAwareAdvisingPostProcessor.class)
	static class MethodConfiguration {

		@Bean
		static DeferPublishingPostProcessor pubSubDeferPublishingPostProcessor(ObjectProvider<PublishScopes> scopes,
				Environment environment) {
			return new DeferPublishingPostProcessor(scopes,
					environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
		}

	}

	/**
	 * Transactions of Spring.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(TransactionSynchronizationManager.class)
	@ConditionalOnBooleanProperty(name = "pubsub.producer.after-commit", matchIfMissing = true)
	static class TransactionConfiguration {

		@Bean
		@ConditionalOnMissingBean(PublishTransactions.class)
		SpringTransactions pubSubTransactions() {
			return new SpringTransactions();
		}

	}

}
