package io.pubsub;

import java.net.URI;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * The content that the convention gives to a message that says that a resource was
 * changed.
 *
 * @param uri the address of the resource
 * @param fieldName the field that changed, if the message is about one field
 * @param newValue the new value of the field
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangedUriMessage(@JsonProperty("uri") @NotNull URI uri,
		@JsonProperty("field_name") @Nullable String fieldName, @JsonProperty("new_value") @Nullable String newValue) {

}
