package io.pubsub.local.internal.s3;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts objects into buckets and deletes them, and has others told of it. Safe for use by
 * several threads.
 */
final class Objects {

	private final Clock clock;

	private final Notifier notifier;

	private final AtomicLong sequence = new AtomicLong();

	Objects(Clock clock, Notifier notifier) {
		this.clock = clock;
		this.notifier = notifier;
	}

	StoredObject put(Bucket bucket, Conditions conditions, NewObject wanted) {
		StoredObject object = new StoredObject(wanted.key(), wanted.blob(), wanted.etag(), wanted.checksum(),
				wanted.metadata(), this.clock.instant(), nextSequencer());
		try {
			bucket.put((present) -> conditions.checkWrite(object.key(), present), object);
		}
		catch (S3Exception ex) {
			wanted.blob().delete();
			throw ex;
		}
		this.notifier.created(bucket, wanted.event(), object);
		return object;
	}

	void delete(Bucket bucket, Conditions conditions, String key) {
		if (bucket.delete(conditions::checkDelete, key)) {
			this.notifier.removed(bucket, key, nextSequencer());
		}
	}

	private String nextSequencer() {
		return "%018X".formatted(this.sequence.incrementAndGet());
	}

}
