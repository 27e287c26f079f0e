package io.pubsub;

import java.net.URI;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;

/**
 * The convention's content of a message that refers to a resource by its URI (MC-11).
 *
 * @param uri where the resource is
 */
public record UriMessage(@JsonProperty("uri") @NotNull URI uri) {

}
