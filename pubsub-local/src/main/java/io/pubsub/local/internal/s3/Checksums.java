package io.pubsub.local.internal.s3;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The checksums that S3 knows, as requests name them.
 */
final class Checksums {

	/** What S3 adds to an object that came without. */
	static final String DEFAULT = "CRC64NVME";

	private static final String PREFIX = "x-amz-checksum-";

	private static final Set<String> KNOWN = Set.of("CRC32", "CRC32C", DEFAULT, "SHA1", "SHA256");

	private static final Set<String> NO_ALGORITHMS = Set.of("MODE", "TYPE", "ALGORITHM");

	private Checksums() {
	}

	static String require(String algorithm) {
		String name = algorithm.toUpperCase(Locale.ROOT);
		if (!KNOWN.contains(name)) {
			throw S3Exception
				.notImplemented("checksum %s; it has CRC32, CRC32C, CRC64NVME, SHA1 and SHA256".formatted(algorithm));
		}
		return name;
	}

	// The algorithm that a request names: by its checksum, or by the one that it trails.
	static @Nullable String named(Map<String, String> headers) {
		String trailer = headers.get("x-amz-trailer");
		if (trailer != null && trailer.startsWith(PREFIX)) {
			return require(trailer.substring(PREFIX.length()));
		}
		return headers.keySet()
			.stream()
			.filter((name) -> name.startsWith(PREFIX))
			.map((name) -> name.substring(PREFIX.length()).toUpperCase(Locale.ROOT))
			.filter((name) -> !NO_ALGORITHMS.contains(name))
			.map(Checksums::require)
			.findFirst()
			.orElse(null);
	}

}
