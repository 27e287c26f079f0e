package io.pubsub.folder;

import java.nio.file.Path;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotNull;

/**
 * The content of a message that is a file.
 *
 * @param name the name of the file in the folder
 * @param path the path of the file while somebody works on it, with a name that tells
 * who: it is read there, and neither moved nor deleted
 * @since 0.1.0
 */
@MessageSchema(mediaType = FileMessage.MEDIA_TYPE)
public record FileMessage(@JsonProperty("name") @NotNull String name, @JsonProperty("path") @NotNull Path path) {

	/**
	 * The media type of such messages.
	 */
	public static final String MEDIA_TYPE = "application/vnd.pubsub.file";

}
