package io.pubsub;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * The convention's content of a message about a resource that is gone: its id is all that
 * is left (MC-11).
 *
 * @param id the id of the resource
 */
public record IdentityMessage(@JsonProperty("id") @NotNull String id) {

}
