package io.pubsub.local.internal.s3;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.pubsub.local.internal.xml.Xml;
import org.jspecify.annotations.Nullable;

/**
 * What goes back to the client.
 *
 * @param status the HTTP status
 * @param headers the headers but that of the length
 * @param length the length of the body in bytes
 * @param body the body, which the server closes, {@code null} if only its length is told
 */
public record S3Answer(int status, Map<String, String> headers, long length, @Nullable InputStream body) {

	static final int OK = 200;

	static final int NO_CONTENT = 204;

	static final int PARTIAL = 206;

	static final int NOT_MODIFIED = 304;

	private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";

	static S3Answer empty(int status) {
		return empty(status, Map.of());
	}

	static S3Answer empty(int status, Map<String, String> headers) {
		return new S3Answer(status, headers, 0, null);
	}

	static S3Answer xml(String root, Runnable content, Xml xml) {
		return xml(OK, "<" + root + NAMESPACE + written(content, xml) + "</" + root + ">");
	}

	private static Xml written(Runnable content, Xml xml) {
		content.run();
		return xml;
	}

	static S3Answer xml(int status, String document) {
		byte[] bytes = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + document).getBytes(StandardCharsets.UTF_8);
		return new S3Answer(status, Map.of("Content-Type", "application/xml"), bytes.length,
				new java.io.ByteArrayInputStream(bytes));
	}

	S3Answer with(String header, @Nullable String value) {
		if (value == null) {
			return this;
		}
		Map<String, String> changed = new LinkedHashMap<>(this.headers);
		changed.put(header, value);
		return new S3Answer(this.status, changed, this.length, this.body);
	}

	S3Answer withoutBody() {
		return new S3Answer(this.status, this.headers, this.length, null);
	}

}
