package io.pubsub.sample.order;

import java.math.BigDecimal;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * One line of an {@link Order}.
 *
 * @param article the article, such as {@code TEA-1}
 * @param quantity the number of pieces
 * @param price the price of one
 */
public record OrderLine(@NotNull @Pattern(regexp = "[A-Z]+-[0-9]+") String article, @Positive @Max(1000) int quantity,
		@NotNull @PositiveOrZero @Digits(integer = 8, fraction = 2) BigDecimal price) {

}
