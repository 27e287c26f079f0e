package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import io.pubsub.local.internal.xml.XmlNode;

/**
 * Makes an object of the parts of an upload.
 *
 * @param upload the upload
 * @param parts the parts that the client wants, in their order
 */
record Completion(Upload upload, List<Part> parts) {

	private static final long SMALLEST_PART = 5L * 1024 * 1024;

	static Completion of(Upload upload, XmlNode document) {
		List<Part> parts = new ArrayList<>();
		for (XmlNode wanted : document.children("Part")) {
			Part part = find(upload, wanted);
			if (!parts.isEmpty() && parts.get(parts.size() - 1).number() >= part.number()) {
				throw S3Exception.badRequest("InvalidPartOrder",
						"The list of parts was not in ascending order. Parts must be ordered by part number.");
			}
			parts.add(part);
		}
		if (!document.name().equals("CompleteMultipartUpload") || parts.isEmpty()) {
			throw S3Exception.malformedXml();
		}
		checkSizes(parts);
		return new Completion(upload, parts);
	}

	private static Part find(Upload upload, XmlNode wanted) {
		String number = wanted.textOf("PartNumber");
		String etag = wanted.textOf("ETag");
		if (number == null || !number.strip().matches("\\d{1,9}") || etag == null) {
			throw S3Exception.malformedXml();
		}
		Part part = upload.part(Integer.parseInt(number.strip()));
		if (part == null || !etag.replace("\"", "").equals(part.blob().received().md5()) || !agrees(part, wanted)) {
			throw S3Exception.badRequest("InvalidPart",
					"Part %s could not be found. It may not have been uploaded, or its entity tag or checksum is another one."
						.formatted(number));
		}
		return part;
	}

	private static boolean agrees(Part part, XmlNode wanted) {
		String checksum = wanted.textOf(part.checksum().element());
		return checksum == null || checksum.equals(part.checksum().value());
	}

	private static void checkSizes(List<Part> parts) {
		for (Part part : parts.subList(0, parts.size() - 1)) {
			if (part.blob().size() < SMALLEST_PART) {
				throw S3Exception.badRequest("EntityTooSmall",
						"Your proposed upload is smaller than the minimum allowed size: part %d has %d bytes, and all but the last have at least %d"
							.formatted(part.number(), part.blob().size(), SMALLEST_PART));
			}
		}
	}

	NewObject write(Blobs blobs) throws IOException {
		try (InputStream bytes = new SequenceInputStream(new OpenParts(this.parts.iterator()))) {
			Blob blob = blobs.write(Content.of(bytes, this.upload.algorithm()));
			return new NewObject("ObjectCreated:CompleteMultipartUpload", this.upload.address().requireKey(), blob,
					etag(), this.upload.isComposite() ? checksum() : blob.received().checksum(),
					this.upload.metadata());
		}
	}

	private String etag() {
		Sum sum = Sum.start("MD5");
		this.parts.forEach((part) -> add(sum, HexFormat.of().parseHex(part.blob().received().md5())));
		return HexFormat.of().formatHex(sum.end()) + "-" + this.parts.size();
	}

	private Checksum checksum() {
		Sum sum = Sum.start(this.upload.algorithm());
		this.parts.forEach((part) -> add(sum, Base64.getDecoder().decode(part.checksum().value())));
		return new Checksum(this.upload.algorithm(),
				Base64.getEncoder().encodeToString(sum.end()) + "-" + this.parts.size());
	}

	private static void add(Sum sum, byte[] bytes) {
		sum.add(bytes, bytes.length);
	}

}
