package io.pubsub.autoconfigure.idempotency;

import java.time.Duration;

import io.pubsub.idempotency.Expiry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration properties for handling each message once.
 *
 * @param store Place of the keys of handled messages. An IdempotencyStore bean wins over
 * this.
 * @param consumer Name of this service, under which all of its instances keep their keys
 * in a database. Default is spring.application.name.
 * @param lease Time for which a message counts as being handled without news of its
 * handler. Keep it above the longest handling time.
 * @param retention Time for which a message counts as handled.
 * @param memory Keys in the memory of this process.
 * @param jdbc Keys in the database of this application.
 * @since 0.1.0
 */
@Validated
@ConfigurationProperties("pubsub.consumer.idempotency")
public record PubSubIdempotencyProperties(@DefaultValue("none") Store store, @Nullable String consumer,
		@DefaultValue("5m") @DurationMax(hours = 12) Duration lease, @DefaultValue("4d") Duration retention,
		@DefaultValue @Valid Memory memory, @DefaultValue Jdbc jdbc) {

	Expiry expiry() {
		return new Expiry(this.lease, this.retention);
	}

	/**
	 * Where the keys of handled messages are kept.
	 */
	public enum Store {

		/** Nowhere: a message is handled as often as it is delivered. */
		NONE,

		/** In the memory of this process. */
		MEMORY,

		/**
		 * In the database of this application, together with the work of its handlers.
		 */
		JDBC

	}

	/**
	 * Keys in the memory of this process.
	 *
	 * @param maxEntries Most handled messages that are remembered.
	 */
	public record Memory(@DefaultValue("100000") @Min(1) int maxEntries) {

	}

	/**
	 * Keys in the database of this application.
	 *
	 * @param initializeSchema Databases in which the table of the keys is created if it
	 * does not exist.
	 */
	public record Jdbc(@DefaultValue("embedded") InitializeSchema initializeSchema) {

	}

	/**
	 * When the table of the keys is created.
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
