package io.pubsub.local.internal.s3;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Answers a request for an object.
 */
final class Retrieval {

	private static final List<String> OVERRIDDEN = List.of("content-type", "content-language", "content-disposition",
			"content-encoding", "cache-control", "expires");

	private Retrieval() {
	}

	static S3Answer of(S3Request request, StoredObject object) {
		refuseVersion(request.parameter("versionId"));
		Map<String, String> headers = headers(request, object);
		if (!Conditions.of(request.headers(), Conditions.OF_REQUEST).hasChanged(object)) {
			return S3Answer.empty(S3Answer.NOT_MODIFIED, headers);
		}
		ByteRange range = ByteRange.of(request.header("range"), object.size());
		if (range != null) {
			headers.put("Content-Range", range.contentRange(object.size()));
			return new S3Answer(S3Answer.PARTIAL, headers, range.length(), body(request, object, range.first()));
		}
		if ("ENABLED".equalsIgnoreCase(request.header("x-amz-checksum-mode"))) {
			headers.put(object.checksum().header(), object.checksum().value());
			headers.put("x-amz-checksum-type", object.checksum().type());
		}
		return new S3Answer(S3Answer.OK, headers, object.size(), body(request, object, 0));
	}

	private static void refuseVersion(@Nullable String version) {
		if (version != null && !version.equals("null")) {
			throw S3Exception.notImplemented("versions of objects, and was asked for one");
		}
	}

	private static @Nullable InputStream body(S3Request request, StoredObject object, long first) {
		return request.method().equals("HEAD") ? null : object.blob().open(first);
	}

	private static Map<String, String> headers(S3Request request, StoredObject object) {
		Map<String, String> headers = new LinkedHashMap<>(object.metadata().headers());
		OVERRIDDEN.forEach((name) -> {
			String override = request.parameter("response-" + name);
			if (override != null) {
				headers.put(name, override);
			}
		});
		headers.put("Accept-Ranges", "bytes");
		headers.put("ETag", object.quotedEtag());
		headers.put("Last-Modified", Times.inHeader(object.modified()));
		return headers;
	}

}
