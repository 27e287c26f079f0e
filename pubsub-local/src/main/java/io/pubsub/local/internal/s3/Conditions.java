package io.pubsub.local.internal.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The conditions of a request, on the object that is there.
 *
 * @param match the entity tags of {@code If-Match}
 * @param noneMatch the entity tags of {@code If-None-Match}
 * @param modifiedSince the time of {@code If-Modified-Since}
 * @param unmodifiedSince the time of {@code If-Unmodified-Since}
 */
record Conditions(@Nullable String match, @Nullable String noneMatch, @Nullable Instant modifiedSince,
		@Nullable Instant unmodifiedSince) {

	static final String OF_REQUEST = "if-";

	static final String OF_COPY_SOURCE = "x-amz-copy-source-if-";

	private static final String ANY = "*";

	static Conditions of(Map<String, String> headers, String prefix) {
		return new Conditions(headers.get(prefix + "match"), headers.get(prefix + "none-match"),
				Times.parse(headers.get(prefix + "modified-since")),
				Times.parse(headers.get(prefix + "unmodified-since")));
	}

	/**
	 * Checks the conditions of a read. A condition on the entity tag wins over one on the
	 * time.
	 * @param object the object
	 * @return whether it has changed since the client read it
	 */
	boolean hasChanged(StoredObject object) {
		if (this.match != null) {
			require(matches(this.match, object), "If-Match");
		}
		else if (this.unmodifiedSince != null) {
			require(!modified(object).isAfter(this.unmodifiedSince), "If-Unmodified-Since");
		}
		if (this.noneMatch != null) {
			return !matches(this.noneMatch, object);
		}
		return this.modifiedSince == null || modified(object).isAfter(this.modifiedSince);
	}

	void checkSourceOfCopy(StoredObject object) {
		require(hasChanged(object), "x-amz-copy-source-If-None-Match");
	}

	/**
	 * Checks the conditions of a write.
	 * @param key the key of the object
	 * @param present the object that is there
	 */
	void checkWrite(String key, @Nullable StoredObject present) {
		if (this.noneMatch != null) {
			if (!this.noneMatch.equals(ANY)) {
				throw S3Exception.notImplemented("If-None-Match with an entity tag for writes, as S3 has none: use *");
			}
			require(present == null, "If-None-Match");
		}
		if (this.match != null) {
			if (present == null) {
				throw S3Exception.noSuchKey(key);
			}
			require(matches(this.match, present), "If-Match");
		}
	}

	// To delete what is not there is no error.
	void checkDelete(@Nullable StoredObject present) {
		if (this.match != null && present != null) {
			require(matches(this.match, present), "If-Match");
		}
	}

	private static boolean matches(String tags, StoredObject object) {
		return Stream.of(tags.split(","))
			.map((tag) -> tag.strip().replace("\"", ""))
			.anyMatch((tag) -> tag.equals(ANY) || tag.equals(object.etag()));
	}

	// A header has no fractions of a second.
	private static Instant modified(StoredObject object) {
		return object.modified().truncatedTo(ChronoUnit.SECONDS);
	}

	private static void require(boolean holds, String condition) {
		if (!holds) {
			throw S3Exception.preconditionFailed(condition);
		}
	}

}
