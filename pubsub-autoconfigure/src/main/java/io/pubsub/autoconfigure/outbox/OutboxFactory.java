package io.pubsub.autoconfigure.outbox;

import java.util.function.Consumer;

import javax.sql.DataSource;

import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.autoconfigure.outbox.PubSubOutboxProperties.AfterParked;
import io.pubsub.autoconfigure.outbox.PubSubOutboxProperties.InitializeSchema;
import io.pubsub.autoconfigure.outbox.PubSubOutboxProperties.OutsideOfTransactions;
import io.pubsub.jdbc.idempotency.TableUnreadableException;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.jdbc.queue.JdbcOutboxBuilder;
import io.pubsub.jdbc.queue.OutboxOptions;
import io.pubsub.jdbc.queue.UnrelatedTransactionsException;
import io.pubsub.jdbc.queue.UnsupportedDatabaseException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.StringUtils;

/**
 * Makes the outbox from the properties and the beans of the application.
 */
final class OutboxFactory {

	private final ListableBeanFactory beans;

	private final PubSubOutboxProperties properties;

	private final Environment environment;

	private final Timekeeper time;

	OutboxFactory(ListableBeanFactory beans, PubSubOutboxProperties properties, boolean afterCommit,
			Environment environment, Timekeeper time) {
		if (!afterCommit) {
			throw new InvalidPropertyException("pubsub.producer.after-commit",
					"pubsub.producer.after-commit must not be false with pubsub.producer.outbox.enabled=true:"
							+ " nothing of the outbox is published before the commit");
		}
		this.beans = beans;
		this.properties = properties;
		this.environment = environment;
		this.time = time;
	}

	JdbcOutbox create(Consumer<OutboundMessage> check, ObjectProvider<JdbcOutboxCustomizer> customizers) {
		DataSource dataSource = bean("data-source", this.properties.dataSource(), DataSource.class);
		JdbcOutboxBuilder builder = JdbcOutbox.builder(name(), dataSource)
			.transactionManager(
					bean("transaction-manager", this.properties.transactionManager(), PlatformTransactionManager.class))
			.options(options())
			.check(check)
			.keepsAll(this.properties.outsideOfTransactions() == OutsideOfTransactions.STORE)
			.createTables(createsTables(dataSource))
			.timekeeper(this.time);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return build(builder);
	}

	private OutboxOptions options() {
		PubSubOutboxProperties.Backoff backoff = this.properties.backoff();
		return new OutboxOptions(OutboxOptions.DEFAULT.lease(), OutboxOptions.DEFAULT.pollInterval(),
				this.properties.maxAttempts(), BackoffPolicy.exponential(backoff.base(), backoff.max()),
				this.properties.retention(), this.properties.afterParked() == AfterParked.CONTINUE);
	}

	private static JdbcOutbox build(JdbcOutboxBuilder builder) {
		try {
			return builder.build();
		}
		catch (TableUnreadableException ex) {
			throw OutboxUnusableException.of(ex);
		}
		catch (UnrelatedTransactionsException ex) {
			throw OutboxUnusableException.of(ex);
		}
		catch (UnsupportedDatabaseException ex) {
			throw OutboxUnusableException.of(ex);
		}
	}

	// Services that share a table must not publish each other's messages.
	private String name() {
		String name = (this.properties.name() != null) ? this.properties.name()
				: this.environment.getProperty("spring.application.name");
		if (!StringUtils.hasText(name)) {
			throw new OutboxUnusableException("The outbox has no name, by which the instances of this service know it",
					"Set spring.application.name, or pubsub.producer.outbox.name.");
		}
		return name;
	}

	private <T> T bean(String property, @Nullable String name, Class<T> type) {
		if (name != null) {
			if (!this.beans.containsBean(name) || !this.beans.isTypeMatch(name, type)) {
				throw new InvalidPropertyException("pubsub.producer.outbox." + property,
						"pubsub.producer.outbox.%s names no %s: there are %s".formatted(property, type.getSimpleName(),
								String.join(", ", this.beans.getBeanNamesForType(type))));
			}
			return this.beans.getBean(name, type);
		}
		T bean = this.beans.getBeanProvider(type).getIfUnique();
		if (bean == null) {
			String[] names = this.beans.getBeanNamesForType(type);
			String found = (names.length > 0) ? "several, of which none is primary: " + String.join(", ", names)
					: "none";
			throw new OutboxUnusableException(
					"The outbox needs a %s, but there is %s".formatted(type.getSimpleName(), found),
					"Configure one (spring.datasource.url), or name it: pubsub.producer.outbox.%s."
						.formatted(property));
		}
		return bean;
	}

	private boolean createsTables(DataSource dataSource) {
		InitializeSchema mode = this.properties.initializeSchema();
		return mode == InitializeSchema.ALWAYS
				|| (mode == InitializeSchema.EMBEDDED && EmbeddedDatabaseConnection.isEmbedded(dataSource));
	}

}
