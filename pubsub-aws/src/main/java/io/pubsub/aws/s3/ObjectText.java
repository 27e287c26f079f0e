package io.pubsub.aws.s3;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * The text of an object, which consists of characters of its charset only.
 */
final class ObjectText extends FilterReader {

	private final S3Object object;

	private final Charset charset;

	ObjectText(S3Object object, InputStream content, Charset charset) {
		super(new InputStreamReader(content, charset.newDecoder()));
		this.object = object;
		this.charset = charset;
	}

	@Override
	public int read(char[] characters, int offset, int count) throws IOException {
		try {
			return super.read(characters, offset, count);
		}
		catch (CharacterCodingException ex) {
			throw new CorruptObjectException(this.object, "is not " + this.charset, ex);
		}
	}

}
