package io.pubsub.folder;

import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotNull;

/**
 * The content of a message that is a complete group of files.
 *
 * @param key the key of the group
 * @param items the path of each item while somebody works on the group, with a name that
 * tells who: it is read there, and neither moved nor deleted
 * @since 0.1.0
 */
@MessageSchema(mediaType = FileGroup.MEDIA_TYPE)
public record FileGroup(@JsonProperty("key") @NotNull String key,
		@JsonProperty("items") @NotNull Map<String, Path> items) {

	/**
	 * The media type of such messages.
	 */
	public static final String MEDIA_TYPE = "application/vnd.pubsub.file-group";

	public FileGroup {
		items = (items != null) ? Map.copyOf(items) : Map.of();
	}

}
