package io.pubsub.sample.pipeline.lines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import software.amazon.awssdk.core.SdkBytes;

/**
 * A file to count lines of.
 *
 * @param key the key of its object
 * @param content the content of its object
 */
record SampleFile(String key, SdkBytes content) {

	/** The key of the file that is gone before anybody reads it. */
	static final String MISSING = "incoming/missing.txt.gz";

	static List<SampleFile> all() {
		return List.of(gzip("incoming/one-line.txt.gz", 1), gzip("incoming/10.txt.gz", 10),
				gzip("incoming/1000.txt.gz", 1_000), gzip("incoming/10000.txt.gz", 10_000),
				gzip("incoming/100000.txt.gz", 100_000), gzip("incoming/500000.txt.gz", 500_000),
				gzip("incoming/two-members.txt.gz", 300, 200), gzip("incoming/empty.txt.gz", 0),
				gzip("incoming/gr\u00fc\u00dfe aus k\u00f6ln + 100 %.txt.gz", 42), gzip(MISSING, 7),
				new SampleFile("incoming/no-gzip.txt.gz", SdkBytes.fromByteArray(lines(5))));
	}

	// Each member is a gzip file of its own, as log shippers append them.
	private static SampleFile gzip(String key, int... members) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		for (int lines : members) {
			compress(content, lines(lines));
		}
		return new SampleFile(key, SdkBytes.fromByteArray(content.toByteArray()));
	}

	private static void compress(ByteArrayOutputStream content, byte[] text) {
		try (GZIPOutputStream gzip = new GZIPOutputStream(content)) {
			gzip.write(text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// With a blank one behind each, which is not counted.
	private static byte[] lines(int number) {
		return IntStream.range(0, number)
			.mapToObj((line) -> "line " + line + "\n\n")
			.collect(Collectors.joining())
			.getBytes(StandardCharsets.UTF_8);
	}

}
