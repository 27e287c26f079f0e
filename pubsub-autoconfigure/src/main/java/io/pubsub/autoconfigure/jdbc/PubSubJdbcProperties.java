package io.pubsub.autoconfigure.jdbc;

import java.time.Duration;

import io.pubsub.autoconfigure.idempotency.PubSubIdempotencyProperties.InitializeSchema;
import io.pubsub.jdbc.queue.QueueOptions;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration properties for durable queues in a database, which are named in
 * pubsub.source, in the source of a pipeline, or as a topic, as jdbc:QUEUE or
 * sqlite:PATH. All services that use a queue should have the same.
 *
 * @param initializeSchema Databases of the application in which the tables are created if
 * they do not exist. In a file of SQLite they always are.
 * @param lease Time for which a message stays claimed by a process that has died.
 * @param maxAttempts Number of attempts after which a message that keeps failing is
 * parked; those that ended with a crash count.
 * @param deduplicationWindow Time within which a second message with the same
 * deduplication id is dropped; 0 for never.
 * @param pollInterval Longest time between two looks at a queue in which nothing is due.
 * @since 0.1.0
 */
@Validated
@ConfigurationProperties("pubsub.jdbc")
public record PubSubJdbcProperties(@DefaultValue("embedded") InitializeSchema initializeSchema,
		@DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(hours = 12) Duration lease,
		@DefaultValue("10") @Min(1) int maxAttempts, @DefaultValue("5m") @DurationMin Duration deduplicationWindow,
		@DefaultValue("1s") @DurationMin(millis = 1) @DurationMax(hours = 1) Duration pollInterval) {

	QueueOptions options() {
		return new QueueOptions(this.lease, this.maxAttempts, this.deduplicationWindow, this.pollInterval);
	}

}
