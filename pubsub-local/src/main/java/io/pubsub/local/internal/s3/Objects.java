package io.pubsub.local.internal.s3;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts objects into buckets and deletes them. Safe for use by several threads.
 */
final class Objects {

	private final Clock clock;

	private final AtomicLong sequence = new AtomicLong();

	Objects(Clock clock) {
		this.clock = clock;
	}

	StoredObject put(Bucket bucket, Conditions conditions, NewObject wanted) {
		StoredObject object = new StoredObject(wanted.key(), wanted.blob(), wanted.etag(), wanted.checksum(),
				wanted.metadata(), this.clock.instant(), "%018X".formatted(this.sequence.incrementAndGet()));
		try {
			bucket.put((present) -> conditions.checkWrite(object.key(), present), object);
		}
		catch (S3Exception ex) {
			wanted.blob().delete();
			throw ex;
		}
		return object;
	}

	void delete(Bucket bucket, Conditions conditions, String key) {
		bucket.delete((present) -> conditions.checkDelete(present), key);
	}

}
