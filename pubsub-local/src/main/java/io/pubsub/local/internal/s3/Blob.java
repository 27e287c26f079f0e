package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes in a file of their own, which nobody changes.
 *
 * @param file the file
 * @param received the size and the checksums of the bytes
 */
record Blob(Path file, Received received) {

	long size() {
		return this.received.size();
	}

	// Who has opened it reads on when it is deleted.
	InputStream open(long first) {
		try {
			FileChannel channel = FileChannel.open(this.file, StandardOpenOption.READ);
			return Channels.newInputStream(channel.position(first));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void delete() {
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
