package io.pubsub.autoconfigure.command;

/**
 * Thrown when a command cannot do with a folder what it should, with what can be done
 * about it.
 */
final class FolderCommandException extends RuntimeException {

	FolderCommandException(String message) {
		super(message);
	}

}
