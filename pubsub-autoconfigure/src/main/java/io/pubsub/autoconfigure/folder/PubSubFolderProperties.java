package io.pubsub.autoconfigure.folder;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.folder.FileGroups;
import io.pubsub.folder.FolderContent;
import io.pubsub.folder.FolderOrder;
import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderQueueBuilder;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration properties for queues whose messages are files in a folder.
 *
 * @param extension End of the names of files that are messages, such as .tsv. By default
 * all are.
 * @param content What of a file is the content of its message.
 * @param order Order in which files are taken: by name, by the numbers in it (2.tsv
 * before 10.tsv), or the oldest first.
 * @param done Folder for files that are done with; a relative one is in that of the
 * queue. By default they are deleted.
 * @param dead Folder for files that are given up; a relative one is in that of the queue.
 * @param maxAttempts Number of attempts after which a file is given up.
 * @param marker End of the name of the file beside another one that says that this is
 * complete.
 * @param settle Time for which size and time of a file must stand still before it is
 * taken.
 * @param scanInterval Longest time between two looks at the folder.
 * @param lease Time without a sign of life after which a consumer counts as dead.
 * @param endWhenEmpty Whether the application ends when nothing is left in the folder.
 * @param group Files that are taken together.
 * @since 0.1.0
 */
@Validated
@ConfigurationProperties("pubsub.folder")
public record PubSubFolderProperties(@Nullable String extension, @DefaultValue("file") FolderContent content,
		@DefaultValue("name") FolderOrder order, @Nullable String done, @DefaultValue("dead") String dead,
		@DefaultValue("5") @Min(1) int maxAttempts, @Nullable @Size(min = 1) String marker,
		@DefaultValue("2s") @DurationMin Duration settle,
		@DefaultValue("2s") @DurationMin(millis = 1) Duration scanInterval,
		@DefaultValue("1m") @DurationMin(seconds = 1) Duration lease, @DefaultValue("false") boolean endWhenEmpty,
		@DefaultValue Group group) {

	FolderQueueBuilder queue(FolderAddress address) {
		FolderQueueBuilder queue = FolderQueue.builder(address.path())
			.content(this.content)
			.order((address.order() != null) ? address.order() : this.order)
			.dead(path("dead", this.dead))
			.maxAttempts(this.maxAttempts)
			.settle(this.settle)
			.scanInterval(this.scanInterval)
			.lease(this.lease);
		String end = (address.extension() != null) ? address.extension() : this.extension;
		if (end != null) {
			queue.extension(end);
		}
		if (this.done != null) {
			queue.done(path("done", this.done));
		}
		if (this.marker != null) {
			queue.marker(this.marker);
		}
		FileGroups groups = this.group.groups(this.content);
		if (groups != null) {
			queue.groups(groups);
		}
		return this.endWhenEmpty ? queue.endWhenEmpty() : queue;
	}

	// As a property of that type it would be looked for on the class path first.
	private static Path path(String property, String value) {
		try {
			return Path.of(value);
		}
		catch (InvalidPathException ex) {
			String name = "pubsub.folder." + property;
			throw new InvalidPropertyException(name, "%s is no path: %s".formatted(name, ex.getReason()));
		}
	}

	/**
	 * Files that are taken together.
	 *
	 * @param pattern Pattern of the names of files, with the groups key and item: files
	 * of the same key are taken together.
	 * @param items Items that must be there before a group is taken.
	 */
	public record Group(@Nullable String pattern, @DefaultValue List<String> items) {

		private static final String PREFIX = "pubsub.folder.group.";

		@Nullable FileGroups groups(FolderContent content) {
			if (this.pattern == null) {
				check(this.items.isEmpty(), "pattern", "is missing, but there are items");
				return null;
			}
			check(!this.items.isEmpty(), "items", "is missing, but there is a pattern");
			check(content == FolderContent.FILE, "pattern",
					"goes with pubsub.folder.content=file only: the content of a group is where its files are");
			try {
				return FileGroups.matching(Pattern.compile(this.pattern), this.items);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidPropertyException(PREFIX + "pattern", PREFIX + "pattern: " + ex.getMessage());
			}
		}

		private static void check(boolean condition, String property, String fault) {
			if (!condition) {
				throw new InvalidPropertyException(PREFIX + property, "%s%s %s".formatted(PREFIX, property, fault));
			}
		}

	}

}
