package io.pubsub.local.internal.s3;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The uploads that are neither complete nor aborted. Safe for use by several threads.
 */
final class Uploads {

	private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

	Upload start(S3Request request) {
		String wanted = request.header("x-amz-checksum-algorithm");
		String algorithm = (wanted != null) ? Checksums.require(wanted) : null;
		Upload upload = new Upload(UUID.randomUUID().toString().replace("-", ""), request.address(),
				Metadata.of(request.headers()), algorithm,
				isComposite(request.header("x-amz-checksum-type"), algorithm));
		this.uploads.put(upload.id(), upload);
		return upload;
	}

	private static boolean isComposite(@Nullable String type, @Nullable String algorithm) {
		return algorithm != null && !algorithm.equals(Checksums.DEFAULT) && !"FULL_OBJECT".equals(type);
	}

	Upload require(S3Request request) {
		Upload upload = this.uploads.get(request.requireParameter("uploadId"));
		if (upload == null || !upload.address().equals(request.address())) {
			throw S3Exception.noSuchUpload();
		}
		return upload;
	}

	void end(Upload upload) {
		this.uploads.remove(upload.id());
		upload.discard();
	}

}
