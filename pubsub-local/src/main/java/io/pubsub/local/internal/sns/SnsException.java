package io.pubsub.local.internal.sns;

/**
 * A request that SNS refuses, with the error code and HTTP status of AWS.
 */
public final class SnsException extends RuntimeException {

	private static final int BAD_REQUEST = 400;

	private static final int NOT_FOUND = 404;

	private final int status;

	private final String code;

	private SnsException(int status, String code, String message) {
		super(message);
		this.status = status;
		this.code = code;
	}

	static SnsException invalidParameter(String what) {
		return badRequest("InvalidParameter", "Invalid parameter: " + what);
	}

	static SnsException missing(String parameter) {
		return invalidParameter(parameter + " Reason: no value for required parameter");
	}

	static SnsException parameterValueInvalid(String message) {
		return badRequest("ParameterValueInvalid", message);
	}

	static SnsException notFound(String what) {
		return new SnsException(NOT_FOUND, "NotFound", what + " does not exist");
	}

	static SnsException resourceNotFound() {
		return new SnsException(NOT_FOUND, "ResourceNotFound", "Resource does not exist");
	}

	static SnsException badRequest(String code, String message) {
		return new SnsException(BAD_REQUEST, code, message);
	}

	int status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

}
