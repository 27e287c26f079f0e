package io.pubsub.console;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * The answer to a request.
 *
 * @param status the status
 * @param type the type of the content
 * @param content the content
 */
record Reply(int status, MimeType type, Resource content) {

	static final int BAD_REQUEST = 400;

	static final int FORBIDDEN = 403;

	static final int NOT_FOUND = 404;

	static final int CONFLICT = 409;

	static Reply json(int status, byte[] content) {
		return new Reply(status, MimeTypeUtils.APPLICATION_JSON, new ByteArrayResource(content));
	}

	WebEndpointResponse<Resource> toResponse() {
		return new WebEndpointResponse<>(this.content, this.status, this.type);
	}

}
