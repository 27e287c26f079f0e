package io.pubsub.autoconfigure.folder;

import java.nio.file.Path;

import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.folder.FolderDestination;
import io.pubsub.folder.FolderQueueBuilder;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * The folders of the application, with the options that are configured for them.
 *
 * @since 0.1.0
 */
public final class Folders {

	private final PubSubFolderProperties properties;

	private final @Nullable String source;

	private final Timekeeper time;

	Folders(PubSubFolderProperties properties, @Nullable String source, Timekeeper time) {
		this.properties = properties;
		this.source = source;
		this.time = time;
	}

	/**
	 * A builder of the queue of a folder.
	 * @param address the address or the path of the folder; one without options that the
	 * application consumes has those of {@code pubsub.source}
	 * @return a new builder
	 * @throws IllegalArgumentException if this is not the address of a folder
	 */
	public FolderQueueBuilder builder(String address) {
		return this.properties.queue(withOptions(parse(address))).timekeeper(this.time);
	}

	/**
	 * The path of a folder.
	 * @param address the address or the path of the folder
	 * @return the path, absolute and without detours
	 */
	public Path path(String address) {
		return absolute(parse(address));
	}

	private FolderAddress withOptions(FolderAddress folder) {
		if (folder.hasOptions() || !InputAddress.isFolder(this.source)) {
			return folder;
		}
		FolderAddress consumed = parse(String.valueOf(this.source));
		return absolute(consumed).equals(absolute(folder)) ? consumed : folder;
	}

	private static FolderAddress parse(String address) {
		return FolderAddress.parse(FolderDestination.isFolder(address) ? address : FolderDestination.SCHEME + address);
	}

	private static Path absolute(FolderAddress folder) {
		return folder.path().toAbsolutePath().normalize();
	}

}
