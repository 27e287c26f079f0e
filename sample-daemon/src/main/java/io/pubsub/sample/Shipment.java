package io.pubsub.sample;

import java.util.UUID;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * A parcel, as the courier knows it.
 *
 * @param order the id of the order that is on its way
 * @param carrier the carrier of the parcel
 */
record Shipment(@NotNull UUID order, @NotBlank String carrier) {

}
