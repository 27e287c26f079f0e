package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.util.Map;

import io.pubsub.local.internal.sns.Arns;
import io.pubsub.local.internal.xml.Xml;

/**
 * What is done to buckets.
 */
final class BucketOperations {

	private static final int LARGEST_CONFIGURATION = 64 * 1024;

	private final Buckets buckets;

	BucketOperations(Buckets buckets) {
		this.buckets = buckets;
	}

	Map<String, Operation> operations() {
		return Map.of("GET service", this::list, "PUT bucket", this::create, "HEAD bucket", this::head, "DELETE bucket",
				this::delete, "GET bucket?location", this::location, "GET bucket?versioning", this::versioning);
	}

	private S3Answer list(S3Request request) {
		Xml xml = new Xml();
		return S3Answer.xml("ListAllMyBucketsResult", () -> {
			xml.element("Owner", () -> xml.element("ID", Arns.ACCOUNT));
			xml.element("Buckets", () -> this.buckets.list().forEach((bucket) -> describe(xml, bucket)));
		}, xml);
	}

	private static void describe(Xml xml, Bucket bucket) {
		xml.element("Bucket", () -> {
			xml.element("Name", bucket.name());
			xml.element("CreationDate", Times.inDocument(bucket.created()));
		});
	}

	// The region that a client asks for is that of everything here.
	private S3Answer create(S3Request request) throws IOException {
		Content.of(request).readAll(LARGEST_CONFIGURATION);
		Bucket bucket = this.buckets.create(request.bucket());
		return S3Answer.empty(S3Answer.OK, Map.of("Location", "/" + bucket.name()));
	}

	private S3Answer head(S3Request request) {
		this.buckets.require(request.bucket());
		return S3Answer.empty(S3Answer.OK, Map.of("x-amz-bucket-region", Arns.REGION));
	}

	private S3Answer delete(S3Request request) {
		this.buckets.delete(request.bucket());
		return S3Answer.empty(S3Answer.NO_CONTENT);
	}

	// That of us-east-1 is empty.
	private S3Answer location(S3Request request) {
		this.buckets.require(request.bucket());
		return emptyDocument("LocationConstraint");
	}

	private S3Answer versioning(S3Request request) {
		this.buckets.require(request.bucket());
		return emptyDocument("VersioningConfiguration");
	}

	private static S3Answer emptyDocument(String root) {
		Xml xml = new Xml();
		return S3Answer.xml(root, () -> xml.raw(""), xml);
	}

}
