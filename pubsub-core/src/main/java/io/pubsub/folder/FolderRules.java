package io.pubsub.folder;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Which files a consumer takes, when, and in which order.
 *
 * @param extension the end of the names that count, empty for all
 * @param marker the end of the name of a marker file beside a file that is complete;
 * {@code null} for none
 * @param order gives the text by which files are sorted
 * @param groups the groups that files are taken in; {@code null} for one by one
 * @param settle the time for which a file must stand still to be complete
 * @param scanInterval the longest time between two looks at the folder
 * @param overdue the time after which an incomplete group is reported
 */
record FolderRules(String extension, @Nullable String marker, CandidateOrder.Function order,
		@Nullable FileGroups groups, Duration settle, Duration scanInterval, Duration overdue) {

	/**
	 * Whether a file is a message, by its name.
	 * @param name the name of the file
	 * @return {@code false} if it is to be left alone
	 */
	boolean isMessage(String name) {
		return !name.startsWith(".") && !name.endsWith(".tmp") && !name.endsWith(".part") && !name.endsWith(".filepart")
				&& name.endsWith(this.extension) && !isMarker(name) && ClaimName.parse(name) == null;
	}

	private boolean isMarker(String name) {
		return this.marker != null && name.endsWith(this.marker);
	}

}
