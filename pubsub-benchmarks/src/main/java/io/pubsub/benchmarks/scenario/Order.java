package io.pubsub.benchmarks.scenario;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.pubsub.MessageSchema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The content of every message.
 *
 * @param sequence the number of the message, from 0
 * @param publishedAt the time of publishing, in microseconds since the epoch
 * @param customer the customer
 * @param lines the lines of the order
 */
@MessageSchema(mediaType = Order.MEDIA_TYPE)
public record Order(@PositiveOrZero int sequence, @Positive long publishedAt, @NotNull @Email String customer,
		@NotEmpty List<@Valid Line> lines) {

	/** The media type of the message. */
	public static final String MEDIA_TYPE = "application/vnd.pubsub.benchmark.order";

	/**
	 * Make an order of this moment.
	 * @param sequence the number of the message
	 * @return the order
	 */
	public static Order now(int sequence) {
		return new Order(sequence, micros(), "ada@example.com", List.of(new Line("TEA-1", 2, new BigDecimal("4.20")),
				new Line("KETTLE-3", 1, new BigDecimal("39.90"))));
	}

	/**
	 * Return for how long the order has been on its way.
	 * @return the time in microseconds
	 */
	public long age() {
		return micros() - this.publishedAt;
	}

	private static long micros() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
	}

	/**
	 * A line of an order.
	 *
	 * @param article the article
	 * @param quantity the quantity
	 * @param price the price of one
	 */
	public record Line(@NotBlank String article, @Positive int quantity, @NotNull @Positive BigDecimal price) {

	}

}
