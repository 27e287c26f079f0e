package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * The temporary files that objects are in. A broker whose S3 nobody uses makes none. Safe
 * for use by several threads.
 */
final class Blobs implements AutoCloseable {

	@GuardedBy("this")
	private @Nullable Path directory;

	Blob write(Content content) throws IOException {
		Path file = Files.createTempFile(directory(), null, null);
		try (OutputStream out = Files.newOutputStream(file)) {
			return new Blob(file, content.readTo(out));
		}
		catch (IOException | RuntimeException ex) {
			Files.deleteIfExists(file);
			throw ex;
		}
	}

	private synchronized Path directory() throws IOException {
		if (this.directory == null) {
			this.directory = Files.createTempDirectory("pubsub-local-s3-");
		}
		return this.directory;
	}

	@Override
	public synchronized void close() {
		if (this.directory == null) {
			return;
		}
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.toList()) {
				Files.deleteIfExists(file);
			}
			Files.delete(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"The objects of the local broker in %s could not be deleted".formatted(this.directory), ex);
		}
	}

}
