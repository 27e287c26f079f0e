package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.pubsub.local.internal.xml.Xml;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the operation of a request by its method, by what it is for, and by the parameter
 * that names a part of that.
 */
final class S3Api {

	private static final Logger logger = LoggerFactory.getLogger(S3Api.class);

	private static final int INTERNAL_ERROR = 500;

	// All others only say more about an operation.
	private static final Set<String> PARTS = Set.of("accelerate", "acl", "analytics", "attributes", "cors", "delete",
			"encryption", "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "list-type", "location",
			"logging", "metadataTable", "metrics", "notification", "object-lock", "ownershipControls", "partNumber",
			"policy", "policyStatus", "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore",
			"retention", "select", "session", "tagging", "torrent", "uploadId", "uploads", "versioning", "versions",
			"website");

	private final Map<String, Operation> operations = new HashMap<>();

	S3Api(List<Map<String, Operation>> operations) {
		operations.forEach(this.operations::putAll);
	}

	S3Answer answer(S3Request request) throws IOException {
		S3Answer answer = perform(request).with("x-amz-request-id", requestId());
		return request.method().equals("HEAD") ? answer.withoutBody() : answer;
	}

	private S3Answer perform(S3Request request) throws IOException {
		try {
			return operation(request).perform(request);
		}
		catch (S3Exception ex) {
			return error(request, ex);
		}
		// Whatever went wrong, the client waits for an answer.
		catch (RuntimeException ex) {
			logger.warn("S3 request failed", ex);
			return error(INTERNAL_ERROR, "InternalError", ex.getClass().getSimpleName(), new Xml());
		}
	}

	private Operation operation(S3Request request) {
		String name = request.method() + " " + request.address().level()
				+ request.query()
					.keySet()
					.stream()
					.filter(PARTS::contains)
					.sorted()
					.reduce("", (names, part) -> names + (names.isEmpty() ? "?" : "&") + part);
		Operation operation = this.operations.get(name);
		if (operation == null) {
			throw S3Exception.notImplemented(
					"operation %s; it has %s".formatted(name, this.operations.keySet().stream().sorted().toList()));
		}
		return operation;
	}

	static S3Answer error(S3Request request, S3Exception ex) {
		Xml details = new Xml();
		ex.details().forEach(details::element);
		details.element("Resource", request.address().resource());
		return error(ex.status(), ex.code(), String.valueOf(ex.getMessage()), details);
	}

	static S3Answer error(int status, String code, String message, Xml details) {
		Xml xml = new Xml().element("Code", code)
			.element("Message", message)
			.raw(details.toString())
			.element("RequestId", requestId());
		return S3Answer.xml(status, "<Error>" + xml + "</Error>");
	}

	private static String requestId() {
		return UUID.randomUUID().toString().replace("-", "").substring(16).toUpperCase(Locale.ROOT);
	}

}
