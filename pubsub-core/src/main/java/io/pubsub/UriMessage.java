package io.pubsub;

import java.net.URI;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * The convention's content of a message that refers to a resource by its URI.
 *
 * @param uri where the resource is
 * @since 0.1.0
 */
public record UriMessage(@JsonProperty("uri") @NotNull URI uri) {

}
