package io.pubsub.local.internal.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request that S3 refuses, with the error code and the HTTP status of AWS.
 */
public final class S3Exception extends RuntimeException {

	private static final int BAD_REQUEST = 400;

	private static final int FORBIDDEN = 403;

	private static final int NOT_FOUND = 404;

	private static final int CONFLICT = 409;

	private static final int PRECONDITION_FAILED = 412;

	private static final int NOT_SATISFIABLE = 416;

	private static final int NOT_IMPLEMENTED = 501;

	private final int status;

	private final String code;

	private final Map<String, String> details = new LinkedHashMap<>();

	private S3Exception(int status, String code, String message) {
		super(message);
		this.status = status;
		this.code = code;
	}

	static S3Exception badRequest(String code, String message) {
		return new S3Exception(BAD_REQUEST, code, message);
	}

	static S3Exception invalidArgument(String message, String name, String value) {
		return badRequest("InvalidArgument", message).with("ArgumentName", name).with("ArgumentValue", value);
	}

	// S3 has the reasons in the details only, which clients do not show.
	static S3Exception invalidDestinations(Map<String, String> reasons) {
		S3Exception exception = badRequest("InvalidArgument",
				"Unable to validate the following destination configurations: " + reasons.entrySet()
					.stream()
					.map((reason) -> reason.getKey() + ": " + reason.getValue())
					.collect(Collectors.joining("; ")));
		int number = 0;
		for (Map.Entry<String, String> reason : reasons.entrySet()) {
			number++;
			exception.with("ArgumentName" + number, reason.getKey()).with("ArgumentValue" + number, reason.getValue());
		}
		return exception;
	}

	static S3Exception malformedXml() {
		return badRequest("MalformedXML",
				"The XML you provided was not well-formed or did not validate against our published schema");
	}

	static S3Exception forbidden(String code, String message) {
		return new S3Exception(FORBIDDEN, code, message);
	}

	static S3Exception noSuchBucket(String bucket) {
		return new S3Exception(NOT_FOUND, "NoSuchBucket", "The specified bucket does not exist").with("BucketName",
				bucket);
	}

	static S3Exception noSuchKey(String key) {
		return new S3Exception(NOT_FOUND, "NoSuchKey", "The specified key does not exist.").with("Key", key);
	}

	static S3Exception noSuchUpload() {
		return new S3Exception(NOT_FOUND, "NoSuchUpload",
				"The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");
	}

	static S3Exception bucketNotEmpty(String bucket) {
		return new S3Exception(CONFLICT, "BucketNotEmpty", "The bucket you tried to delete is not empty")
			.with("BucketName", bucket);
	}

	static S3Exception preconditionFailed(String condition) {
		return new S3Exception(PRECONDITION_FAILED, "PreconditionFailed",
				"At least one of the pre-conditions you specified did not hold")
			.with("Condition", condition);
	}

	static S3Exception invalidRange(String range, long size) {
		return new S3Exception(NOT_SATISFIABLE, "InvalidRange", "The requested range is not satisfiable")
			.with("RangeRequested", range)
			.with("ActualObjectSize", String.valueOf(size));
	}

	static S3Exception notImplemented(String what) {
		return new S3Exception(NOT_IMPLEMENTED, "NotImplemented", "The local broker has no " + what);
	}

	private S3Exception with(String name, String value) {
		this.details.put(name, value);
		return this;
	}

	int status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

	Map<String, String> details() {
		return this.details;
	}

}
