package io.pubsub.autoconfigure.folder;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.pubsub.folder.FileGroups;
import io.pubsub.folder.FolderContent;
import io.pubsub.folder.FolderQueue;
import io.pubsub.folder.FolderQueueBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties for queues whose messages are files in a folder.
 *
 * @param extension End of the names of files that are messages, such as .tsv. By default
 * all are.
 * @param content What of a file is the content of its message.
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
@ConfigurationProperties("pubsub.folder")
public record PubSubFolderProperties(@Nullable String extension, @DefaultValue("file") FolderContent content,
		@Nullable Path done, @DefaultValue("dead") Path dead, @DefaultValue("5") int maxAttempts,
		@Nullable String marker, @DefaultValue("2s") Duration settle, @DefaultValue("2s") Duration scanInterval,
		@DefaultValue("1m") Duration lease, @DefaultValue("false") boolean endWhenEmpty, @DefaultValue Group group) {

	FolderQueueBuilder queue(FolderAddress address) {
		FolderQueueBuilder queue = FolderQueue.builder(address.path())
			.content(this.content)
			.dead(this.dead)
			.maxAttempts(this.maxAttempts)
			.settle(this.settle)
			.scanInterval(this.scanInterval)
			.lease(this.lease);
		String end = (address.extension() != null) ? address.extension() : this.extension;
		if (end != null) {
			queue.extension(end);
		}
		if (this.done != null) {
			queue.done(this.done);
		}
		if (this.marker != null) {
			queue.marker(this.marker);
		}
		if (this.group.pattern() != null) {
			queue.groups(FileGroups.matching(Pattern.compile(this.group.pattern()), this.group.items()));
		}
		return this.endWhenEmpty ? queue.endWhenEmpty() : queue;
	}

	/**
	 * Files that are taken together.
	 *
	 * @param pattern Pattern of the names of files, with the groups key and item: files
	 * of the same key are taken together.
	 * @param items Items that must be there before a group is taken.
	 */
	public record Group(@Nullable String pattern, @DefaultValue List<String> items) {

	}

}
