package io.pubsub.sample.order;

import java.util.UUID;

import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotNull;

/**
 * The articles of an order are set aside.
 *
 * @param order the id of the order
 */
@MessageSchema(resource = "reservation")
public record OrderReserved(@NotNull UUID order) {

}
