package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/**
 * The object that a request copies.
 */
final class CopySource {

	private static final String HEADER = "x-amz-copy-source";

	private final Buckets buckets;

	CopySource(Buckets buckets) {
		this.buckets = buckets;
	}

	static boolean isGiven(S3Request request) {
		return request.header(HEADER) != null;
	}

	static Address address(S3Request request) {
		String header = request.headers().getOrDefault(HEADER, "");
		int version = header.indexOf("?versionId=");
		if (version >= 0 && !header.endsWith("?versionId=null")) {
			throw S3Exception.notImplemented("versions of objects, and was asked to copy one");
		}
		Address address = Address.ofPath((version < 0) ? header : header.substring(0, version));
		if (address.bucket() == null || address.key() == null) {
			throw S3Exception.invalidArgument(
					"Copy Source must mention the source bucket and key: sourcebucket/sourcekey", HEADER, header);
		}
		return address;
	}

	/**
	 * Opens the object.
	 * @param request the request that copies it
	 * @return the object and the bytes that are asked for, for the caller to close
	 */
	Opened open(S3Request request) {
		Address address = address(request);
		return this.buckets.require(address.requireBucket()).read(address.requireKey(), (object) -> {
			Conditions.of(request.headers(), Conditions.OF_COPY_SOURCE).checkSourceOfCopy(object);
			ByteRange range = ByteRange.of(request.header("x-amz-copy-source-range"), object.size());
			return new Opened(object, range, object.blob().open((range != null) ? range.first() : 0));
		});
	}

	/**
	 * An object that is copied.
	 *
	 * @param object the object
	 * @param range the part that is copied, {@code null} for all of it
	 * @param bytes the bytes from the first that is copied
	 */
	record Opened(StoredObject object, @Nullable ByteRange range, InputStream bytes) implements AutoCloseable {

		Content content(String algorithm) {
			return Content.of((this.range != null) ? new FirstBytes(this.bytes, this.range.length()) : this.bytes,
					algorithm);
		}

		@Override
		public void close() throws IOException {
			this.bytes.close();
		}

	}

}
