package io.pubsub.local.internal.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import io.pubsub.local.internal.xml.XmlNode;
import org.jspecify.annotations.Nullable;

/**
 * A request as S3 sees it.
 *
 * @param method the HTTP method
 * @param address the bucket and the key that it is for
 * @param query the parameters of its query string
 * @param headers its headers, by their names in lower case
 * @param body its body, empty if there is none
 */
public record S3Request(String method, Address address, Map<String, String> query, Map<String, String> headers,
		InputStream body) {

	// DeleteObjects with a thousand keys of a kilobyte, each character of which is
	// escaped.
	private static final int LARGEST_DOCUMENT = 8 * 1024 * 1024;

	/**
	 * Read the head of a request.
	 * @param method the HTTP method
	 * @param target the path and the query, as they came
	 * @param headers the headers, by their names in lower case
	 * @param body the body
	 * @return the request
	 */
	public static S3Request of(String method, String target, Map<String, String> headers, InputStream body) {
		int mark = target.indexOf('?');
		String path = (mark < 0) ? target : target.substring(0, mark);
		Map<String, String> query = Query.parse((mark < 0) ? "" : target.substring(mark + 1));
		return new S3Request(method, Address.of(headers.get("host"), path), query, headers, body);
	}

	String bucket() {
		return this.address.requireBucket();
	}

	String key() {
		return this.address.requireKey();
	}

	@Nullable String header(String name) {
		return this.headers.get(name);
	}

	@Nullable String parameter(String name) {
		return this.query.get(name);
	}

	String requireParameter(String name) {
		String value = this.query.get(name);
		if (value == null) {
			throw S3Exception.invalidArgument("The request needs the parameter " + name, name, "");
		}
		return value;
	}

	XmlNode document() throws IOException {
		Content content = Content.of(this);
		byte[] document = content.readAll(LARGEST_DOCUMENT);
		try {
			return XmlNode.read(document);
		}
		catch (IllegalArgumentException ex) {
			throw S3Exception.malformedXml();
		}
	}

}
