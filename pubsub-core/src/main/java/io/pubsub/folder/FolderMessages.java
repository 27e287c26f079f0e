package io.pubsub.folder;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.pubsub.source.LineMessages;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes messages of claimed files.
 *
 * @param root the folder
 * @param content the part of a file that is the content
 * @param groups the groups that files are taken in; {@code null} for one by one
 */
record FolderMessages(Path root, FolderContent content, @Nullable FileGroups groups) {

	// What is larger is no message.
	private static final long LARGEST = 16L * 1024 * 1024;

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final LineMessages MESSAGES = new LineMessages();

	/**
	 * Makes a message.
	 * @param claim the claimed files
	 * @return the message
	 * @throws UnreadableFileException if no message can ever be made of them
	 * @throws IOException if they cannot be read
	 */
	InboundMessage read(Claim claim) throws IOException {
		if (this.groups != null) {
			return message(claim, FileGroup.MEDIA_TYPE, Map.of("key", claim.key(), "items", items(claim, this.groups)));
		}
		Path file = path(claim.leader());
		String name = claim.leader().original();
		return switch (this.content) {
			case FILE -> message(claim, FileMessage.MEDIA_TYPE, Map.of("name", name, "path", file.toString()));
			case LINES ->
				message(claim, FileLines.MEDIA_TYPE, Map.of("name", name, "lines", text(file).lines().toList()));
			case MESSAGE -> received(claim, MESSAGES.read(claim.id(), text(file)));
		};
	}

	private Path path(ClaimName file) {
		return this.root.resolve(file.toString());
	}

	private Map<String, String> items(Claim claim, FileGroups groups) {
		Map<String, String> items = new LinkedHashMap<>();
		claim.files()
			.forEach((file) -> items.put(Objects.requireNonNull(groups.of(file.original())).item(),
					path(file).toString()));
		return items;
	}

	private static String text(Path file) throws IOException {
		if (Files.size(file) > LARGEST) {
			throw new UnreadableFileException("it is larger than %d bytes".formatted(LARGEST));
		}
		try {
			return Files.readString(file);
		}
		catch (CharacterCodingException ex) {
			throw new UnreadableFileException("it is not UTF-8");
		}
	}

	private static InboundMessage message(Claim claim, String mediaType, Map<String, Object> content) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("mediaType", mediaType);
		body.putAll(content);
		return new InboundMessage(claim.id(), MAPPER.writeValueAsString(body), Map.of("media_type", mediaType), null,
				claim.version().modified());
	}

	private static InboundMessage received(Claim claim, InboundMessage message) {
		return new InboundMessage(message.id(), message.body(), message.attributes(), message.groupId(),
				(message.sentAt() != null) ? message.sentAt() : claim.version().modified());
	}

	/**
	 * Thrown when no message can be made of a file, however often that is tried.
	 */
	static final class UnreadableFileException extends IOException {

		UnreadableFileException(String message) {
			super(message);
		}

	}

}
