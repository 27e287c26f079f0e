package io.pubsub.local.internal.s3;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The bucket and the key of a request: from its path, or from its host and its path.
 *
 * @param bucket the bucket, {@code null} if the request is for all of them
 * @param key the key, {@code null} if the request is for a bucket
 */
record Address(@Nullable String bucket, @Nullable String key) {

	private static final Pattern VIRTUAL_HOST = Pattern.compile("(?<bucket>.+?)(\\.s3)?\\.localhost(:\\d+)?");

	private static final int LONGEST_KEY = 1024;

	static Address of(@Nullable String host, String path) {
		Matcher virtual = VIRTUAL_HOST.matcher((host != null) ? host : "");
		if (virtual.matches() && !virtual.group("bucket").equals("s3")) {
			return new Address(virtual.group("bucket"), key(path.substring(1)));
		}
		return ofPath(path);
	}

	static Address ofPath(String path) {
		String trimmed = path.startsWith("/") ? path.substring(1) : path;
		int slash = trimmed.indexOf('/');
		String bucket = (slash < 0) ? trimmed : trimmed.substring(0, slash);
		return new Address(bucket.isEmpty() ? null : Query.decode(bucket),
				(slash < 0) ? null : key(trimmed.substring(slash + 1)));
	}

	private static @Nullable String key(String encoded) {
		String key = Query.decode(encoded);
		if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
			throw S3Exception.badRequest("KeyTooLongError", "Your key is too long");
		}
		return key.isEmpty() ? null : key;
	}

	String requireBucket() {
		if (this.bucket == null) {
			throw new IllegalStateException("The request is for no bucket");
		}
		return this.bucket;
	}

	String requireKey() {
		if (this.key == null) {
			throw new IllegalStateException("The request is for no object");
		}
		return this.key;
	}

	String level() {
		if (this.bucket == null) {
			return "service";
		}
		return (this.key == null) ? "bucket" : "object";
	}

	String resource() {
		return "/" + ((this.bucket != null) ? this.bucket : "") + ((this.key != null) ? "/" + this.key : "");
	}

}
