package io.pubsub.local.internal.s3;

import java.time.Clock;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * All buckets of the broker. Safe for use by several threads.
 */
final class Buckets {

	private static final Pattern NAME = Pattern
		.compile("(?!xn--)(?!\\d+(\\.\\d+){3}$)(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

	@GuardedBy("this")
	private final NavigableMap<String, Bucket> buckets = new TreeMap<>();

	private final Clock clock;

	Buckets(Clock clock) {
		this.clock = clock;
	}

	// In us-east-1, to create one's own bucket again changes nothing.
	synchronized Bucket create(String name) {
		if (!NAME.matcher(name).matches()) {
			throw S3Exception
				.badRequest("InvalidBucketName", ("The specified bucket is not valid: %s; a name has 3 to 63"
						+ " lower-case letters, digits, hyphens and dots, and begins and ends with a letter or a digit")
					.formatted(name));
		}
		return this.buckets.computeIfAbsent(name, (absent) -> new Bucket(absent, this.clock.instant()));
	}

	synchronized Bucket require(String name) {
		Bucket bucket = this.buckets.get(name);
		if (bucket == null) {
			throw S3Exception.noSuchBucket(name);
		}
		return bucket;
	}

	synchronized List<Bucket> list() {
		return List.copyOf(this.buckets.values());
	}

	synchronized void delete(String name) {
		if (!require(name).isEmpty()) {
			throw S3Exception.bucketNotEmpty(name);
		}
		this.buckets.remove(name);
	}

}
