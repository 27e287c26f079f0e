package io.pubsub.local.internal.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The bytes that a client sends, without framing, and what they must add up to.
 */
final class Content {

	private static final int BUFFER = 64 * 1024;

	private final InputStream bytes;

	private final Map<String, String> headers;

	private final Map<String, String> trailers;

	private final String algorithm;

	private Content(InputStream bytes, Map<String, String> headers, Map<String, String> trailers, String algorithm) {
		this.bytes = bytes;
		this.headers = headers;
		this.trailers = trailers;
		this.algorithm = algorithm;
	}

	static Content of(S3Request request) {
		return of(request, Checksums.DEFAULT);
	}

	/**
	 * Take the content of a request.
	 * @param request the request
	 * @param defaultAlgorithm the algorithm of the checksum if the request names none
	 * @return the content
	 */
	static Content of(S3Request request, String defaultAlgorithm) {
		String named = Checksums.named(request.headers());
		String algorithm = (named != null) ? named : defaultAlgorithm;
		if (!ChunkedStream.isAnnounced(request.headers())) {
			return new Content(request.body(), request.headers(), Map.of(), algorithm);
		}
		ChunkedStream chunked = new ChunkedStream(request.body());
		return new Content(chunked, request.headers(), chunked.trailers(), algorithm);
	}

	static Content of(InputStream bytes, String algorithm) {
		return new Content(bytes, Map.of(), Map.of(), algorithm);
	}

	byte[] readAll(int limit) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		readTo(out, limit);
		return out.toByteArray();
	}

	Received readTo(OutputStream out) throws IOException {
		return readTo(out, Long.MAX_VALUE);
	}

	private Received readTo(OutputStream out, long limit) throws IOException {
		Sum md5 = Sum.start("MD5");
		Sum checksum = Sum.start(this.algorithm);
		PayloadHash signed = PayloadHash.of(this.headers);
		long size = copy(out, limit, List.of(md5::add, checksum::add, signed::add));
		checkLength(size);
		signed.check();
		byte[] digest = md5.end();
		checkMd5(digest);
		return new Received(size, HexFormat.of().formatHex(digest), check(checksum.end()));
	}

	private long copy(OutputStream out, long limit, List<ObjIntConsumer<byte[]>> sums) throws IOException {
		byte[] buffer = new byte[BUFFER];
		long size = 0;
		for (int read = this.bytes.read(buffer); read >= 0; read = this.bytes.read(buffer)) {
			size += read;
			if (size > limit) {
				throw S3Exception.badRequest("EntityTooLarge", "The body is larger than %d bytes".formatted(limit));
			}
			for (ObjIntConsumer<byte[]> sum : sums) {
				sum.accept(buffer, read);
			}
			out.write(buffer, 0, read);
		}
		return size;
	}

	private void checkLength(long size) {
		String announced = this.headers.get("x-amz-decoded-content-length");
		if (announced != null && !announced.equals(String.valueOf(size))) {
			throw S3Exception.badRequest("IncompleteBody",
					"The body has %d bytes, and x-amz-decoded-content-length says %s".formatted(size, announced));
		}
	}

	private void checkMd5(byte[] found) {
		String sent = this.headers.get("content-md5");
		if (sent == null) {
			return;
		}
		byte[] expected = decode(sent);
		if (expected == null || expected.length != found.length) {
			throw S3Exception.badRequest("InvalidDigest", "The Content-MD5 you specified is not valid.");
		}
		if (!Arrays.equals(expected, found)) {
			throw S3Exception.badRequest("BadDigest", "The Content-MD5 you specified did not match what we received.");
		}
	}

	private Checksum check(byte[] computed) {
		String header = Checksum.header(this.algorithm);
		String sent = this.trailers.getOrDefault(header, this.headers.get(header));
		String found = Base64.getEncoder().encodeToString(computed);
		if (sent == null && header.equals(this.headers.get("x-amz-trailer"))) {
			throw S3Exception.badRequest("MalformedTrailerError",
					"The request announces the trailer %s, and its body ends without".formatted(header));
		}
		if (sent != null && !sent.equals(found)) {
			throw S3Exception.badRequest("BadDigest",
					"The %s you specified did not match the calculated checksum.".formatted(this.algorithm));
		}
		return new Checksum(this.algorithm, found);
	}

	private static byte @Nullable [] decode(String base64) {
		try {
			return Base64.getDecoder().decode(base64);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
