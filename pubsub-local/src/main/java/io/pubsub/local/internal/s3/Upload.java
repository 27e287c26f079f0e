package io.pubsub.local.internal.s3;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * An object that comes in parts. Safe for use by several threads.
 */
final class Upload {

	private final String id;

	private final Address address;

	private final Metadata metadata;

	private final @Nullable String algorithm;

	private final boolean composite;

	@GuardedBy("this")
	private final NavigableMap<Integer, Part> parts = new TreeMap<>();

	Upload(String id, Address address, Metadata metadata, @Nullable String algorithm, boolean composite) {
		this.id = id;
		this.address = address;
		this.metadata = metadata;
		this.algorithm = algorithm;
		this.composite = composite;
	}

	String id() {
		return this.id;
	}

	Address address() {
		return this.address;
	}

	Metadata metadata() {
		return this.metadata;
	}

	String algorithm() {
		return (this.algorithm != null) ? this.algorithm : Checksums.DEFAULT;
	}

	/**
	 * Whether the checksum of the object is that of the checksums of its parts.
	 * @return {@code false} if it is that of all bytes
	 */
	boolean isComposite() {
		return this.composite;
	}

	void checkAlgorithm(@Nullable String ofPart) {
		if (this.algorithm != null && ofPart != null && !ofPart.equals(this.algorithm)) {
			throw S3Exception.badRequest("InvalidRequest",
					"Checksum Type mismatch occurred, expected checksum Type: %s, actual checksum Type: %s"
						.formatted(this.algorithm, ofPart));
		}
	}

	synchronized void put(Part part) {
		Part replaced = this.parts.put(part.number(), part);
		if (replaced != null) {
			replaced.blob().delete();
		}
	}

	synchronized List<Part> parts() {
		return List.copyOf(this.parts.values());
	}

	synchronized @Nullable Part part(int number) {
		return this.parts.get(number);
	}

	synchronized void discard() {
		this.parts.values().forEach((part) -> part.blob().delete());
		this.parts.clear();
	}

}
