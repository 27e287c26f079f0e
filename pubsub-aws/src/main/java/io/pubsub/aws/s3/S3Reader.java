package io.pubsub.aws.s3;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Asks S3 for objects, and says in our words what speaks against them.
 */
final class S3Reader {

	private static final int MOVED = 301;

	private static final int DENIED = 403;

	private static final int NOT_FOUND = 404;

	// A version that is a delete marker.
	private static final int NOT_ALLOWED = 405;

	private static final int PRECONDITION_FAILED = 412;

	private final S3Client client;

	private final MissingObject missing;

	S3Reader(S3Client client, MissingObject missing) {
		this.client = client;
		this.missing = missing;
	}

	/**
	 * Asks for the whole object.
	 * @param object the object
	 * @return the answer, to be closed or aborted
	 */
	ResponseInputStream<GetObjectResponse> get(S3Object object) {
		return get(object, (request) -> request.versionId(object.versionId()).ifMatch(quoted(object.eTag())));
	}

	/**
	 * Asks for the rest of an object.
	 * @param object the object
	 * @param first the answer that broke off
	 * @param position the number of bytes that it had brought
	 * @return the answer, to be closed or aborted
	 */
	ResponseInputStream<GetObjectResponse> getRest(S3Object object, GetObjectResponse first, long position) {
		return get(object,
				(request) -> request.versionId((first.versionId() != null) ? first.versionId() : object.versionId())
					.ifMatch(first.eTag())
					.range("bytes=" + position + "-"));
	}

	private ResponseInputStream<GetObjectResponse> get(S3Object object, Consumer<GetObjectRequest.Builder> conditions) {
		try {
			return this.client
				.getObject((request) -> request.bucket(object.bucket()).key(object.key()).applyMutation(conditions));
		}
		catch (S3Exception ex) {
			throw explained(object, ex);
		}
	}

	private RuntimeException explained(S3Object object, S3Exception ex) {
		String code = (ex.awsErrorDetails() != null) ? String.valueOf(ex.awsErrorDetails().errorCode()) : "";
		return switch (ex.statusCode()) {
			case NOT_FOUND ->
				code.equals("NoSuchBucket") ? new UnreadableObjectException(object, "there is no such bucket", ex)
						: this.missing.exception(object, ex);
			case NOT_ALLOWED -> this.missing.exception(object, ex);
			case PRECONDITION_FAILED -> new ReplacedObjectException(object, ex);
			case DENIED -> new UnreadableObjectException(object, denial(object, code), ex);
			case MOVED -> new UnreadableObjectException(object,
					"its bucket is in another region than that of the client; give the client that region,"
							+ " or cross-region access",
					ex);
			default -> ex;
		};
	}

	private static String denial(S3Object object, String code) {
		if (code.equals("InvalidObjectState")) {
			return "it is archived; restore it first";
		}
		if (!code.equals("AccessDenied")) {
			return "S3 says " + code;
		}
		return "S3 denies access, which it also does if the object is not there and the credentials lack s3:ListBucket;"
				+ " allow them %s on the objects and s3:ListBucket on the bucket"
					.formatted((object.versionId() != null) ? "s3:GetObjectVersion" : "s3:GetObject")
				+ ", and kms:Decrypt if a key of KMS encrypts them";
	}

	private static @Nullable String quoted(@Nullable String eTag) {
		return (eTag != null && !eTag.startsWith("\"")) ? '"' + eTag + '"' : eTag;
	}

}
