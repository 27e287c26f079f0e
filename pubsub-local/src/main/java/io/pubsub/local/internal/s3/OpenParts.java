package io.pubsub.local.internal.s3;

import java.io.InputStream;
import java.util.Enumeration;
import java.util.Iterator;

/**
 * The bytes of parts, each opened when the one before has ended.
 *
 * @param parts the parts
 */
@SuppressWarnings("JdkObsolete") // SequenceInputStream takes nothing else
record OpenParts(Iterator<Part> parts) implements Enumeration<InputStream> {

	@Override
	public boolean hasMoreElements() {
		return this.parts.hasNext();
	}

	@Override
	public InputStream nextElement() {
		return this.parts.next().blob().open(0);
	}

}
