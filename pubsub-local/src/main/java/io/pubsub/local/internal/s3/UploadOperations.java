package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;

import io.pubsub.local.internal.xml.Xml;

/**
 * Puts an object in parts.
 */
final class UploadOperations {

	private static final int MOST_PARTS = 10_000;

	private final Buckets buckets;

	private final Blobs blobs;

	private final Objects objects;

	private final Uploads uploads = new Uploads();

	private final CopySource source;

	private final Clock clock;

	UploadOperations(Buckets buckets, Blobs blobs, Objects objects, Clock clock) {
		this.buckets = buckets;
		this.blobs = blobs;
		this.objects = objects;
		this.source = new CopySource(buckets);
		this.clock = clock;
	}

	Map<String, Operation> operations() {
		return Map.of("POST object?uploads", this::start, "PUT object?partNumber&uploadId", this::putPart,
				"GET object?uploadId", this::listParts, "POST object?uploadId", this::complete,
				"DELETE object?uploadId", this::abort);
	}

	private S3Answer start(S3Request request) {
		this.buckets.require(request.bucket());
		Upload upload = this.uploads.start(request);
		Xml xml = new Xml();
		return S3Answer.xml("InitiateMultipartUploadResult", () -> {
			xml.element("Bucket", request.bucket());
			xml.element("Key", request.key());
			xml.element("UploadId", upload.id());
		}, xml)
			.with("x-amz-checksum-algorithm", upload.algorithm())
			.with("x-amz-checksum-type", upload.isComposite() ? "COMPOSITE" : "FULL_OBJECT");
	}

	private S3Answer putPart(S3Request request) throws IOException {
		Upload upload = this.uploads.require(request);
		int number = number(request.requireParameter("partNumber"));
		if (CopySource.isGiven(request)) {
			return copyPart(upload, number, request);
		}
		upload.checkAlgorithm(Checksums.named(request.headers()));
		Part part = put(upload, number, Content.of(request, upload.algorithm()));
		return S3Answer.empty(S3Answer.OK,
				Map.of("ETag", part.quotedEtag(), part.checksum().header(), part.checksum().value()));
	}

	private S3Answer copyPart(Upload upload, int number, S3Request request) throws IOException {
		try (CopySource.Opened opened = this.source.open(request)) {
			Part part = put(upload, number, opened.content(upload.algorithm()));
			Xml xml = new Xml();
			return S3Answer.xml("CopyPartResult", () -> {
				xml.element("LastModified", Times.inDocument(part.modified()));
				describe(xml, part);
			}, xml);
		}
	}

	private Part put(Upload upload, int number, Content content) throws IOException {
		Part part = new Part(number, this.blobs.write(content), this.clock.instant());
		upload.put(part);
		return part;
	}

	private static int number(String parameter) {
		int number = parameter.matches("\\d{1,5}") ? Integer.parseInt(parameter) : 0;
		if (number < 1 || number > MOST_PARTS) {
			throw S3Exception.invalidArgument("Part number must be an integer between 1 and 10000, inclusive",
					"partNumber", parameter);
		}
		return number;
	}

	private S3Answer listParts(S3Request request) {
		Upload upload = this.uploads.require(request);
		int limit = ListQuery.limit(request, "max-parts");
		int marker = Integer.parseInt(request.query().getOrDefault("part-number-marker", "0"));
		PartListing page = PartListing.of(upload.parts(), marker, limit);
		Xml xml = new Xml();
		return S3Answer.xml("ListPartsResult", () -> {
			xml.element("Bucket", request.bucket());
			xml.element("Key", request.key());
			xml.element("UploadId", upload.id());
			xml.element("PartNumberMarker", String.valueOf(marker));
			xml.element("NextPartNumberMarker", String.valueOf(page.last(marker)));
			xml.element("MaxParts", String.valueOf(limit));
			xml.element("IsTruncated", String.valueOf(page.truncated()));
			page.parts().forEach((part) -> xml.element("Part", () -> {
				xml.element("PartNumber", String.valueOf(part.number()));
				xml.element("LastModified", Times.inDocument(part.modified()));
				xml.element("Size", String.valueOf(part.blob().size()));
				describe(xml, part);
			}));
		}, xml);
	}

	private static void describe(Xml xml, Part part) {
		xml.element("ETag", part.quotedEtag());
		xml.element(part.checksum().element(), part.checksum().value());
	}

	private S3Answer complete(S3Request request) throws IOException {
		Upload upload = this.uploads.require(request);
		Bucket bucket = this.buckets.require(request.bucket());
		NewObject wanted = Completion.of(upload, request.document()).write(this.blobs);
		StoredObject stored = this.objects.put(bucket, Conditions.of(request.headers(), Conditions.OF_REQUEST), wanted);
		this.uploads.end(upload);
		Xml xml = new Xml();
		return S3Answer.xml("CompleteMultipartUploadResult", () -> {
			xml.element("Location", request.address().resource());
			xml.element("Bucket", request.bucket());
			xml.element("Key", request.key());
			xml.element("ETag", stored.quotedEtag());
			xml.element(stored.checksum().element(), stored.checksum().value());
			xml.element("ChecksumType", stored.checksum().type());
		}, xml);
	}

	private S3Answer abort(S3Request request) {
		this.uploads.end(this.uploads.require(request));
		return S3Answer.empty(S3Answer.NO_CONTENT);
	}

}
