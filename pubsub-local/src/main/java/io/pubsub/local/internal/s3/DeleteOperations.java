package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.pubsub.local.internal.xml.Xml;
import io.pubsub.local.internal.xml.XmlNode;

/**
 * Deletes many objects with one request.
 */
final class DeleteOperations {

	private static final int MOST = 1000;

	private final Buckets buckets;

	private final Objects objects;

	DeleteOperations(Buckets buckets, Objects objects) {
		this.buckets = buckets;
		this.objects = objects;
	}

	Map<String, Operation> operations() {
		return Map.of("POST bucket?delete", this::delete);
	}

	private S3Answer delete(S3Request request) throws IOException {
		Bucket bucket = this.buckets.require(request.bucket());
		if (request.header("content-md5") == null && Checksums.named(request.headers()) == null) {
			throw S3Exception.badRequest("InvalidRequest", "Missing required header for this request: Content-MD5");
		}
		XmlNode document = request.document();
		List<XmlNode> wanted = document.children("Object");
		if (!document.name().equals("Delete") || wanted.isEmpty() || wanted.size() > MOST) {
			throw S3Exception.malformedXml();
		}
		boolean quiet = "true".equals(document.textOf("Quiet"));
		Xml xml = new Xml();
		return S3Answer.xml("DeleteResult", () -> wanted.forEach((object) -> delete(bucket, object, quiet, xml)), xml);
	}

	private void delete(Bucket bucket, XmlNode wanted, boolean quiet, Xml xml) {
		String key = wanted.textOf("Key");
		if (key == null || key.isEmpty()) {
			throw S3Exception.malformedXml();
		}
		try {
			this.objects.delete(bucket, new Conditions(wanted.textOf("ETag"), null, null, null), key);
			if (!quiet) {
				xml.element("Deleted", () -> xml.element("Key", key));
			}
		}
		catch (S3Exception ex) {
			xml.element("Error",
					() -> xml.element("Key", key).element("Code", ex.code()).element("Message", ex.getMessage()));
		}
	}

}
