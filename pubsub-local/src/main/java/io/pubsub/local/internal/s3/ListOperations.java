package io.pubsub.local.internal.s3;

import java.util.Map;
import java.util.function.UnaryOperator;

import io.pubsub.local.internal.sns.Arns;
import io.pubsub.local.internal.xml.Xml;
import org.jspecify.annotations.Nullable;

/**
 * Lists the objects of a bucket.
 */
final class ListOperations {

	private final Buckets buckets;

	ListOperations(Buckets buckets) {
		this.buckets = buckets;
	}

	Map<String, Operation> operations() {
		return Map.of("GET bucket?list-type", this::list);
	}

	private S3Answer list(S3Request request) {
		ListQuery query = ListQuery.of(request);
		Listing page = this.buckets.require(request.bucket()).list(query);
		String encoding = request.parameter("encoding-type");
		UnaryOperator<String> writer = "url".equals(encoding) ? Query::encode : UnaryOperator.identity();
		Xml xml = new Xml();
		return S3Answer.xml("ListBucketResult", () -> {
			xml.element("Name", request.bucket());
			xml.element("Prefix", writer.apply(query.prefix()));
			xml.element("Delimiter", written(query.delimiter(), writer));
			xml.element("StartAfter", written(request.parameter("start-after"), writer));
			xml.element("ContinuationToken", request.parameter("continuation-token"));
			xml.element("NextContinuationToken", page.next());
			xml.element("EncodingType", encoding);
			xml.element("KeyCount", String.valueOf(page.objects().size() + page.folders().size()));
			xml.element("MaxKeys", String.valueOf(query.limit()));
			xml.element("IsTruncated", String.valueOf(page.next() != null));
			boolean owned = "true".equals(request.parameter("fetch-owner"));
			page.objects().forEach((object) -> describe(xml, object, writer, owned));
			page.folders()
				.forEach((folder) -> xml.element("CommonPrefixes", () -> xml.element("Prefix", writer.apply(folder))));
		}, xml);
	}

	private static @Nullable String written(@Nullable String text, UnaryOperator<String> writer) {
		return (text != null) ? writer.apply(text) : null;
	}

	private static void describe(Xml xml, StoredObject object, UnaryOperator<String> writer, boolean owned) {
		xml.element("Contents", () -> {
			xml.element("Key", writer.apply(object.key()));
			xml.element("LastModified", Times.inDocument(object.modified()));
			xml.element("ETag", object.quotedEtag());
			xml.element("ChecksumAlgorithm", object.checksum().algorithm());
			xml.element("ChecksumType", object.checksum().type());
			xml.element("Size", String.valueOf(object.size()));
			if (owned) {
				xml.element("Owner", () -> xml.element("ID", Arns.ACCOUNT));
			}
			xml.element("StorageClass", "STANDARD");
		});
	}

}
