package io.pubsub.folder;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotNull;

/**
 * The content of a message that is the lines of a file.
 *
 * @param name the name of the file in the folder
 * @param lines its lines, without their ends
 * @since 0.1.0
 */
@MessageSchema(mediaType = FileLines.MEDIA_TYPE)
public record FileLines(@JsonProperty("name") @NotNull String name,
		@JsonProperty("lines") @NotNull List<String> lines) {

	/**
	 * The media type of such messages.
	 */
	public static final String MEDIA_TYPE = "application/vnd.pubsub.file-lines";

	public FileLines {
		lines = (lines != null) ? List.copyOf(lines) : List.of();
	}

}
