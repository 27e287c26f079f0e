package io.pubsub.autoconfigure.outbox;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration properties for the outbox of the producer.
 *
 * @param enabled Whether messages that are produced in a transaction become rows of it,
 * which are published after the commit, by whatever instance is there.
 * @param name Name of this service, under which all of its instances share their rows.
 * Default is spring.application.name.
 * @param dataSource Name of the DataSource bean whose transactions messages become a part
 * of. Default is the only or primary one.
 * @param transactionManager Name of the transaction manager bean of that DataSource.
 * Default is the only or primary one.
 * @param outsideOfTransactions What becomes of messages that are produced outside of
 * transactions.
 * @param afterParked Whether the next message of a group is published when one is parked.
 * @param maxAttempts Number of times that the broker refuses a message for its own sake
 * before it is parked. An outage, throttling or a missing permission counts for nothing.
 * @param backoff Delay after such a refusal.
 * @param retention Time for which the row of a published message is kept. Default is to
 * delete it at once.
 * @param initializeSchema Databases in which the tables are created if they do not exist.
 * @since 0.1.0
 */
@Validated
@ConfigurationProperties("pubsub.producer.outbox")
public record PubSubOutboxProperties(@DefaultValue("false") boolean enabled, @Nullable String name,
		@Nullable String dataSource, @Nullable String transactionManager,
		@DefaultValue("publish") OutsideOfTransactions outsideOfTransactions,
		@DefaultValue("hold") AfterParked afterParked, @DefaultValue("3") @Min(1) int maxAttempts,
		@DefaultValue @Valid Backoff backoff, @DefaultValue("0s") @DurationMin Duration retention,
		@DefaultValue("embedded") InitializeSchema initializeSchema) {

	/**
	 * What becomes of messages that are produced outside of transactions.
	 */
	public enum OutsideOfTransactions {

		/** They are published at once. */
		PUBLISH,
		/** They become rows in a transaction of their own. */
		STORE

	}

	/**
	 * What becomes of a group of which a message is parked.
	 */
	public enum AfterParked {

		/** It waits until the message is released or discarded. */
		HOLD,
		/** Its next message is published. */
		CONTINUE

	}

	/**
	 * Delay after a refusal.
	 *
	 * @param base Limit of the first random delay, which doubles with every refusal.
	 * @param max Longest delay.
	 */
	public record Backoff(@DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(hours = 12) Duration base,
			@DefaultValue("1m") @DurationMax(hours = 12) Duration max) {

	}

	/**
	 * When the tables are created.
	 */
	public enum InitializeSchema {

		/** In an embedded database. */
		EMBEDDED,
		/** In any database. */
		ALWAYS,
		/** Never. */
		NEVER

	}

}
