package io.pubsub.aws.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes elements, such as those of a pipeline, as objects of S3, in one request each.
 * <p>
 * An element that comes a second time makes no second object, and no second version: S3
 * takes an object only where there is none, and what is there must have the same content.
 * For this, each object has the SHA-256 of its content, before compression, in its
 * metadata. Immutable, and safe for use by many threads as far as its functions are.
 *
 * <pre class="code">
 * flow.to(S3Writer.of(client, "counts", Count::key, Count::json).compressed()::write)
 * </pre>
 *
 * @param <T> the type of the elements
 * @since 0.1.0
 */
public final class S3Writer<T> {

	private static final String SHA_256 = "pubsub-sha256";

	private static final int PRECONDITION_FAILED = 412;

	private final S3Client client;

	private final String bucket;

	private final Function<? super T, String> key;

	private final Function<? super T, byte[]> content;

	private final Format format;

	private S3Writer(S3Client client, String bucket, Function<? super T, String> key,
			Function<? super T, byte[]> content, Format format) {
		this.client = client;
		this.bucket = bucket;
		this.key = key;
		this.content = content;
		this.format = format;
	}

	/**
	 * Makes a writer.
	 * @param client the client of S3
	 * @param bucket the name of the bucket
	 * @param key gives the key of an element, the same each time, and of its own
	 * @param content gives the content of an element, the same each time
	 * @param <T> the type of the elements
	 * @return the writer
	 */
	public static <T> S3Writer<T> of(S3Client client, String bucket, Function<? super T, String> key,
			Function<? super T, byte[]> content) {
		return new S3Writer<>(client, bucket, key, content, new Format(false, false, null));
	}

	/**
	 * The same writer with gzip. The objects have no content encoding, so that nobody
	 * decompresses them unasked.
	 * @return a writer that compresses each content
	 */
	public S3Writer<T> compressed() {
		return with(new Format(true, this.format.replacing(), this.format.contentType()));
	}

	/**
	 * The same writer for keys whose objects change.
	 * @return a writer that replaces what is there
	 */
	public S3Writer<T> replacing() {
		return with(new Format(this.format.compressed(), true, this.format.contentType()));
	}

	/**
	 * The same writer with a content type.
	 * @param contentType the content type of all objects
	 * @return a writer that says so
	 */
	public S3Writer<T> contentType(String contentType) {
		return with(new Format(this.format.compressed(), this.format.replacing(), contentType));
	}

	private S3Writer<T> with(Format format) {
		return new S3Writer<>(this.client, this.bucket, this.key, this.content, format);
	}

	/**
	 * Writes an element.
	 * @param element the element
	 * @return the object, with its entity tag and version, whether it was written now or
	 * before
	 * @throws ExistingObjectException if there is another one under its key
	 * @throws UnwritableObjectException if S3 refuses to take it
	 */
	public S3Object write(T element) {
		S3Object object = S3Object.of(this.bucket, Objects.requireNonNull(this.key.apply(element), "key"));
		byte[] content = Objects.requireNonNull(this.content.apply(element), "content");
		String digest = digest(content);
		try {
			PutObjectResponse put = this.client.putObject(request(object, digest),
					RequestBody.fromBytes(encoded(content)));
			return written(object, put.eTag(), put.versionId());
		}
		catch (S3Exception ex) {
			if (ex.statusCode() == PRECONDITION_FAILED && !this.format.replacing()) {
				return existing(object, digest);
			}
			throw new UnwritableObjectException(object, ex);
		}
	}

	private PutObjectRequest request(S3Object object, String digest) {
		return PutObjectRequest.builder()
			.bucket(object.bucket())
			.key(object.key())
			.contentType(this.format.contentType())
			.ifNoneMatch(this.format.replacing() ? null : "*")
			.metadata(Map.of(SHA_256, digest))
			.build();
	}

	private S3Object existing(S3Object object, String digest) {
		try {
			HeadObjectResponse head = this.client
				.headObject((request) -> request.bucket(object.bucket()).key(object.key()));
			if (!digest.equals(head.metadata().get(SHA_256))) {
				throw new ExistingObjectException(object);
			}
			return written(object, head.eTag(), head.versionId());
		}
		catch (S3Exception ex) {
			throw new UnwritableObjectException(object, ex);
		}
	}

	private static S3Object written(S3Object object, @Nullable String eTag, @Nullable String versionId) {
		return new S3Object(object.bucket(), object.key(), "", versionId,
				(eTag != null) ? eTag.replace("\"", "") : null, null, null, null, null);
	}

	private byte[] encoded(byte[] content) {
		if (!this.format.compressed()) {
			return content;
		}
		ByteArrayOutputStream encoded = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(encoded)) {
			gzip.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return encoded.toByteArray();
	}

	private static String digest(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The form of the objects.
	 *
	 * @param compressed whether they are gzip
	 * @param replacing whether they replace what is there
	 * @param contentType their content type, if they have one
	 */
	private record Format(boolean compressed, boolean replacing, @Nullable String contentType) {

	}

}
