package io.pubsub.autoconfigure.idempotency;

import java.util.List;

import javax.sql.DataSource;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.idempotency.IdempotencyKeys;
import io.pubsub.idempotency.IdempotencyStore;
import io.pubsub.idempotency.IdempotentHandling;
import io.pubsub.idempotency.InMemoryIdempotencyStore;
import io.pubsub.jdbc.idempotency.JdbcIdempotencyStore;
import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.PublishTransactions;
import io.pubsub.schema.MessageCodec;
import io.pubsub.time.Timekeeper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.sql.init.DatabaseInitializationMode;
import org.springframework.boot.sql.init.DatabaseInitializationSettings;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for handling each message once.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "pubsub.consumer.enabled", matchIfMissing = true)
@ConditionalOnBean(MessageCodec.class)
@EnableConfigurationProperties(PubSubIdempotencyProperties.class)
public final class PubSubIdempotencyAutoConfiguration {

	private static final String STORE = "pubsub.consumer.idempotency.store";

	@Bean
	@ConditionalOnProperty(name = STORE, havingValue = "memory")
	@ConditionalOnMissingBean(IdempotencyStore.class)
	InMemoryIdempotencyStore pubSubInMemoryIdempotencyStore(PubSubIdempotencyProperties properties, Timekeeper time) {
		return new InMemoryIdempotencyStore(properties.expiry(), properties.memory().maxEntries(), time);
	}

	@Bean
	@ConditionalOnProperty(name = STORE, havingValue = "jdbc")
	@ConditionalOnMissingBean(IdempotencyStore.class)
	@SuppressWarnings("DoNotCallSuggester") // Only Spring calls it.
	IdempotencyStore pubSubMissingJdbc() {
		throw unusable("the store is missing: add io.pubsub:pubsub-jdbc and"
				+ " org.springframework.boot:spring-boot-starter-jdbc to the dependencies");
	}

	@Bean
	@ConditionalOnMissingBean
	IdempotencyKeys pubSubIdempotencyKeys(PubSubProperties properties) {
		return SourceKeys.of(properties.source());
	}

	@Bean
	@ConditionalOnBean(IdempotencyStore.class)
	@ConditionalOnMissingBean
	IdempotentHandling pubSubIdempotentHandling(IdempotencyStore store, IdempotencyKeys keys,
			ObjectProvider<PublishScopes> scopes) {
		return new IdempotentHandling(store, keys,
				scopes.getIfAvailable(() -> new PublishScopes(PublishTransactions.none())));
	}

	private static IllegalStateException unusable(String why) {
		return new IllegalStateException(STORE + " is jdbc, but " + why);
	}

	/**
	 * Keys in the database of the application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = STORE, havingValue = "jdbc")
	@ConditionalOnClass({ JdbcIdempotencyStore.class, DataSourceScriptDatabaseInitializer.class,
			DatabaseInitializationSettings.class })
	@ConditionalOnMissingBean(IdempotencyStore.class)
	@Import(DatabaseInitializationDependencyConfigurer.class)
	static class JdbcConfiguration {

		@Bean
		DataSourceScriptDatabaseInitializer pubSubIdempotencySchema(ObjectProvider<DataSource> dataSource,
				PubSubIdempotencyProperties properties) {
			DatabaseInitializationSettings settings = new DatabaseInitializationSettings();
			settings.setSchemaLocations(List.of(JdbcIdempotencyStore.SCHEMA));
			settings.setMode(DatabaseInitializationMode.valueOf(properties.jdbc().initializeSchema().name()));
			return new DataSourceScriptDatabaseInitializer(only(dataSource, "DataSource"), settings);
		}

		@Bean
		@DependsOnDatabaseInitialization
		JdbcIdempotencyStore pubSubJdbcIdempotencyStore(ObjectProvider<DataSource> dataSource,
				ObjectProvider<PlatformTransactionManager> transactionManager, PubSubIdempotencyProperties properties,
				Environment environment, Timekeeper time) {
			return new JdbcIdempotencyStore(only(dataSource, "DataSource"),
					only(transactionManager, "PlatformTransactionManager"), consumer(properties, environment),
					properties.expiry(), time.clock());
		}

		private static <T> T only(ObjectProvider<T> beans, String type) {
			T bean = beans.getIfUnique();
			if (bean == null) {
				throw unusable(
						"there is no %s, or several of which none is primary: configure one (spring.datasource.url)"
							.formatted(type));
			}
			return bean;
		}

		// Services that share a table must not take each other's messages for handled.
		private static String consumer(PubSubIdempotencyProperties properties, Environment environment) {
			String consumer = (properties.consumer() != null) ? properties.consumer()
					: environment.getProperty("spring.application.name");
			if (!StringUtils.hasText(consumer)) {
				throw unusable("this service has no name: set spring.application.name,"
						+ " or pubsub.consumer.idempotency.consumer");
			}
			return consumer;
		}

	}

}
