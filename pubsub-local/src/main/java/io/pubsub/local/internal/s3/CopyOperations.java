package io.pubsub.local.internal.s3;

import java.io.IOException;

import io.pubsub.local.internal.xml.Xml;

/**
 * Copies an object.
 */
final class CopyOperations {

	private final Buckets buckets;

	private final Blobs blobs;

	private final Objects objects;

	private final CopySource source;

	CopyOperations(Buckets buckets, Blobs blobs, Objects objects) {
		this.buckets = buckets;
		this.blobs = blobs;
		this.objects = objects;
		this.source = new CopySource(buckets);
	}

	S3Answer copy(S3Request request) throws IOException {
		Bucket bucket = this.buckets.require(request.bucket());
		boolean replaced = "REPLACE".equals(request.header("x-amz-metadata-directive"));
		if (!replaced && CopySource.address(request).equals(new Address(request.bucket(), request.key()))) {
			throw S3Exception.badRequest("InvalidRequest",
					"This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata");
		}
		NewObject copy = read(request, replaced);
		return written(this.objects.put(bucket, Conditions.of(request.headers(), Conditions.OF_REQUEST), copy));
	}

	private NewObject read(S3Request request, boolean replaced) throws IOException {
		try (CopySource.Opened opened = this.source.open(request)) {
			String wanted = request.header("x-amz-checksum-algorithm");
			String algorithm = (wanted != null) ? Checksums.require(wanted) : opened.object().checksum().algorithm();
			Metadata metadata = replaced ? Metadata.of(request.headers()) : opened.object().metadata();
			Blob blob = this.blobs.write(opened.content(algorithm));
			return NewObject.of("ObjectCreated:Copy", request.key(), blob, metadata);
		}
	}

	private static S3Answer written(StoredObject copy) {
		Xml xml = new Xml();
		return S3Answer.xml("CopyObjectResult", () -> {
			xml.element("LastModified", Times.inDocument(copy.modified()));
			xml.element("ETag", copy.quotedEtag());
			xml.element(copy.checksum().element(), copy.checksum().value());
			xml.element("ChecksumType", copy.checksum().type());
		}, xml);
	}

}
