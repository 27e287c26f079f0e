package io.pubsub.folder;

/**
 * What of a file is the content of its message.
 *
 * @since 0.1.0
 */
public enum FolderContent {

	/** Where it is: a {@link FileMessage}, or a {@link FileGroup}. */
	FILE,

	/** What is in it: one message, as a destination has written it, or just its body. */
	MESSAGE,

	/** What is in it: a {@link FileLines}. */
	LINES

}
