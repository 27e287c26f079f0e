package io.pubsub;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * The convention's content of a message about a resource that is gone: its id is all that
 * is left.
 *
 * @param id the id of the resource
 * @since 0.1.0
 */
public record IdentityMessage(@JsonProperty("id") @NotNull String id) {

}
