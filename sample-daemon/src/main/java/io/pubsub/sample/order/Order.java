package io.pubsub.sample.order;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

import io.pubsub.MessageSchema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/**
 * A customer has ordered something.
 *
 * @param id the id of the order
 * @param placedAt the time at which it was placed
 * @param email the address of the customer
 * @param currency the currency of all amounts
 * @param total the amount that the customer pays
 * @param lines the lines of the order
 */
@MessageSchema(resource = "order")
public record Order(@NotNull UUID id, @NotNull @PastOrPresent Instant placedAt, @NotNull @Email String email,
		@NotNull Currency currency, @NotNull @Positive @Digits(integer = 10, fraction = 2) BigDecimal total,
		@NotEmpty @Size(max = 100) List<@NotNull @Valid OrderLine> lines) {

}
