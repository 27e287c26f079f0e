package io.pubsub;

import java.net.URI;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * The content that the convention gives to a message that refers to a resource by its
 * URI.
 *
 * @param uri the address of the resource
 * @since 0.1.0
 */
public record UriMessage(@JsonProperty("uri") @NotNull URI uri) {

}
