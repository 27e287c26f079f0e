package io.pubsub.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

/**
 * {@link Destination} of folders: each message becomes a file, which is complete when it
 * is seen. Its name begins with the time, so that files sort as they were published by
 * one process. A body that travels alone is the content of the file; one with attributes
 * or a group is written as SQS would answer a receive with it.
 * <p>
 * The address of a folder is {@code folder:} and its path; there must be such a folder.
 * What was published survives the death of the process, not that of the machine.
 *
 * @since 0.1.0
 */
public final class FolderDestination implements Destination {

	/**
	 * What addresses of folders begin with.
	 */
	public static final String SCHEME = "folder:";

	private static final Pattern GENERATED = Pattern.compile("\\d{8}T\\d{9}Z-\\d{8}-[0-9a-f]{12}\\.json");

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'")
		.withZone(ZoneOffset.UTC);

	private static final int RANDOM_LENGTH = 12;

	private final FileMoves moves = new FileMoves();

	private final AtomicLong number = new AtomicLong();

	private final Timekeeper time;

	/**
	 * Makes a destination.
	 * @param time the time
	 */
	public FolderDestination(Timekeeper time) {
		this.time = time;
	}

	/**
	 * Whether an address is that of a folder.
	 * @param address the address
	 * @return {@code true} if so, whether or not there is such a folder
	 */
	public static boolean isFolder(String address) {
		return address.startsWith(SCHEME);
	}

	/**
	 * The folder of an address.
	 * @param address the address
	 * @return its path
	 * @throws IllegalArgumentException if it is not the address of a folder
	 */
	public static Path pathOf(String address) {
		String path = isFolder(address) ? address.substring(SCHEME.length()) : "";
		if (path.isBlank()) {
			throw new IllegalArgumentException(
					"the address of a folder is folder: and its path, as in folder:orders, not " + address);
		}
		return Path.of(path);
	}

	/**
	 * Checks that there is the folder of an address, and that something may be written
	 * there.
	 * @param address the address
	 * @return the path of the folder
	 * @throws IllegalArgumentException if it is not the address of a folder
	 * @throws UnusableFolderException if nothing can be published there
	 */
	public static Path check(String address) {
		Path folder = pathOf(address).toAbsolutePath().normalize();
		if (!Files.isDirectory(folder)) {
			throw UnusableFolderException.missing(folder);
		}
		if (!Files.isWritable(folder)) {
			throw UnusableFolderException.readOnly(folder, null);
		}
		return folder;
	}

	static boolean isGenerated(String name) {
		return GENERATED.matcher(name).matches();
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		return CompletableFuture.completedFuture(messages.stream().map(this::publish).toList());
	}

	private PublishResult publish(OutboundMessage message) {
		try {
			Path folder = check(message.address());
			String id = UUID.randomUUID().toString();
			write(folder.resolve(newName(id)), WrittenMessage.of(id, message));
			return PublishResult.published(id);
		}
		catch (IOException | RuntimeException ex) {
			return PublishResult.failed(ex);
		}
	}

	// 28 November 2026, 9:45:30.123 is 20261128T094530123Z.
	private String newName(String id) {
		return "%s-%08d-%s.json".formatted(TIME.format(this.time.now()), this.number.incrementAndGet() % 100_000_000,
				id.replace("-", "").substring(0, RANDOM_LENGTH));
	}

	private void write(Path target, String text) throws IOException {
		Path written = FileMoves.temporary(target);
		try {
			Files.writeString(written, text);
			this.moves.publish(written, target);
		}
		finally {
			Files.deleteIfExists(written);
		}
	}

}
