package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.util.Map;

/**
 * What is done to one object.
 */
final class ObjectOperations {

	private final Buckets buckets;

	private final Blobs blobs;

	private final Objects objects;

	private final CopyOperations copies;

	ObjectOperations(Buckets buckets, Blobs blobs, Objects objects) {
		this.buckets = buckets;
		this.blobs = blobs;
		this.objects = objects;
		this.copies = new CopyOperations(buckets, blobs, objects);
	}

	Map<String, Operation> operations() {
		return Map.of("PUT object", this::put, "GET object", this::get, "HEAD object", this::get, "DELETE object",
				this::delete);
	}

	private S3Answer put(S3Request request) throws IOException {
		if (CopySource.isGiven(request)) {
			return this.copies.copy(request);
		}
		Bucket bucket = this.buckets.require(request.bucket());
		Metadata metadata = Metadata.of(request.headers());
		Conditions conditions = Conditions.of(request.headers(), Conditions.OF_REQUEST);
		Blob blob = this.blobs.write(Content.of(request));
		StoredObject stored = this.objects.put(bucket, conditions,
				NewObject.of("ObjectCreated:Put", request.key(), blob, metadata));
		return S3Answer.empty(S3Answer.OK, Map.of("ETag", stored.quotedEtag(), stored.checksum().header(),
				stored.checksum().value(), "x-amz-checksum-type", stored.checksum().type()));
	}

	private S3Answer get(S3Request request) {
		return this.buckets.require(request.bucket()).read(request.key(), (object) -> Retrieval.of(request, object));
	}

	private S3Answer delete(S3Request request) {
		Bucket bucket = this.buckets.require(request.bucket());
		this.objects.delete(bucket, Conditions.of(request.headers(), Conditions.OF_REQUEST), request.key());
		return S3Answer.empty(S3Answer.NO_CONTENT);
	}

}
