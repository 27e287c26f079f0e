package io.pubsub.aws.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.pubsub.NackException;
import io.pubsub.RejectMessageException;
import io.pubsub.SkipMessageException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link S3Objects}.
 */
class S3ObjectsTests {

	private static final byte[] LARGE = random(1_000_000);

	private final FakeS3 s3 = new FakeS3();

	private final S3Objects objects = new S3Objects(this.s3.client(), MissingObject.RETRY);

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.s3.close();
	}

	@Test
	void opensAnObject() throws IOException {
		assertThat(read(this.s3.put("a b/ä+%.txt", bytes("hello")))).asString().isEqualTo("hello");
	}

	@Test
	void opensAnEmptyObject() throws IOException {
		assertThat(read(this.s3.put("empty.gz", bytes("")))).isEmpty();
	}

	@Test
	void opensTheLatestObjectOfAKey() throws IOException {
		this.s3.put("a", bytes("old"));
		this.s3.put("a", bytes("new"));
		assertThat(read(S3Object.of(FakeS3.BUCKET, "a"))).asString().isEqualTo("new");
	}

	@Test
	void decompressesEveryMemberWhateverTheName() throws IOException {
		assertThat(read(this.s3.put("two.txt", gzip("a\n", "b\n")))).asString().isEqualTo("a\nb\n");
	}

	@Test
	void leavesAloneWhatOnlyHasTheNameOfGzip() throws IOException {
		assertThat(read(this.s3.put("plain.gz", bytes("plain")))).asString().isEqualTo("plain");
	}

	@Test
	void leavesOtherEncodingsAsTheyAre() throws IOException {
		byte[] zstandard = { 0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2 };
		assertThat(read(this.s3.put("a.zst", zstandard))).isEqualTo(zstandard);
	}

	@Test
	void givesObjectsAsTheyAreStored() throws IOException {
		byte[] stored = gzip("a");
		try (InputStream content = this.objects.asStored().open(this.s3.put("a.gz", stored))) {
			assertThat(content.readAllBytes()).isEqualTo(stored);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 9, 12 })
	void refusesGzipThatHasNoEnd(int missing) {
		byte[] stored = gzip("abcdef");
		S3Object object = this.s3.put("a.gz", Arrays.copyOf(stored, stored.length - missing));
		assertThatExceptionOfType(CorruptObjectException.class).isThrownBy(() -> read(object))
			.withMessage("s3://files/a.gz begins as gzip, but ends before the gzip does");
	}

	@Test
	void refusesGarbageBehindGzip() {
		S3Object object = this.s3.put("a.gz", concatenated(gzip("a"), bytes("garbage")));
		assertThatExceptionOfType(CorruptObjectException.class).isThrownBy(() -> read(object))
			.isInstanceOf(RejectMessageException.class)
			.withMessageStartingWith("s3://files/a.gz begins as gzip, but is broken: ");
	}

	@Test
	void opensLines() throws IOException {
		try (Stream<String> lines = this.objects.lines(this.s3.put("a.gz", gzip("ä\n\n", "b")))) {
			assertThat(lines).containsExactly("ä", "", "b");
		}
	}

	@Test
	void opensLinesOfAnotherCharset() throws IOException {
		S3Object object = this.s3.put("a", "ä".getBytes(StandardCharsets.ISO_8859_1));
		try (Stream<String> lines = this.objects.lines(object, StandardCharsets.ISO_8859_1)) {
			assertThat(lines).containsExactly("ä");
		}
	}

	@Test
	void refusesBytesThatTheCharsetDoesNotHave() throws IOException {
		S3Object object = this.s3.put("a", "ä".getBytes(StandardCharsets.ISO_8859_1));
		try (Stream<String> lines = this.objects.lines(object)) {
			assertThatExceptionOfType(CorruptObjectException.class).isThrownBy(lines::toList)
				.withMessage("s3://files/a is not UTF-8");
		}
	}

	@Test
	void copiesAnObjectToAFileThatItReplaces() throws IOException {
		Path file = Files.writeString(this.directory.resolve("a.txt"), "old");
		this.objects.copyTo(this.s3.put("a.gz", gzip("new")), file);
		assertThat(file).hasContent("new");
		assertThat(this.directory.toFile().list()).containsExactly("a.txt");
	}

	@Test
	void leavesNoPartOfAFile() {
		S3Object object = this.s3.put("a.gz", concatenated(gzip("a"), bytes("garbage")));
		assertThatExceptionOfType(CorruptObjectException.class)
			.isThrownBy(() -> this.objects.copyTo(object, this.directory.resolve("a.txt")));
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void namesTheDirectoryThatIsNotThere() {
		S3Object object = this.s3.put("a", bytes("a"));
		assertThatExceptionOfType(NoSuchFileException.class)
			.isThrownBy(() -> this.objects.copyTo(object, this.directory.resolve("none/a.txt")))
			.withMessageContaining("none");
	}

	@Test
	void doesNotReadTheRestWhenClosedEarly() throws IOException {
		try (InputStream content = this.objects.open(this.s3.put("a", new byte[50_000_000]))) {
			content.readNBytes(10);
		}
		Awaitility.await().until(this.s3::isBrokenOff);
	}

	@Test
	void keepsTheConnectionOfWhatWasReadToItsEnd() throws IOException {
		S3Object object = this.s3.put("a", LARGE);
		try (InputStream content = this.objects.open(object)) {
			content.readNBytes(LARGE.length);
		}
		assertThat(read(object)).isEqualTo(LARGE);
	}

	@Test
	void givesTheConnectionBackWhenTheBeginningIsRefused() throws IOException {
		S3Object wrong = this.s3.put("wrong.gz", new byte[] { 0x1f, (byte) 0x8b, 0x08 });
		assertThatExceptionOfType(CorruptObjectException.class).isThrownBy(() -> this.objects.open(wrong));
		assertThat(read(this.s3.put("a", bytes("a")))).asString().isEqualTo("a");
	}

	@Test
	void isReadNoMoreOnceClosed() throws IOException {
		InputStream content = new S3ObjectStream(reader(), this.s3.put("a", bytes("a")));
		content.close();
		content.close();
		assertThatExceptionOfType(IOException.class).isThrownBy(content::read).withMessageContaining("closed");
	}

	@Test
	void takesNoGzipForBrokenOnceClosed() throws IOException {
		InputStream content = this.objects.open(this.s3.put("a.gz", gzip("a")));
		content.close();
		assertThatExceptionOfType(IOException.class).isThrownBy(content::read)
			.withMessage("s3://files/a.gz has been closed");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> content.read(new byte[1]));
	}

	@Test
	void takesNoShortContentForTheWhole() {
		S3Client client = new ShortS3Client();
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new S3Objects(client, MissingObject.RETRY).open(S3Object.of(FakeS3.BUCKET, "a")))
			.withMessage("s3://files/a broke off after 1 of 5 bytes");
	}

	@Test
	void goesOnWhereAConnectionWasCut() throws IOException {
		this.s3.cutAfter(300_000, () -> {
		});
		assertThat(read(this.s3.put("a", LARGE))).isEqualTo(LARGE);
		assertThat(this.s3.requests()).extracting(FakeS3.Request::range)
			.containsExactly(null, "bytes=300000-", "bytes=600000-", "bytes=900000-");
	}

	@Test
	void asksForTheRestOfTheSameObjectOnly() {
		S3Object object = this.s3.put("a", LARGE);
		this.s3.cutAfter(300_000, () -> this.s3.put("a", random(2_000_000)));
		assertThatExceptionOfType(ReplacedObjectException.class).isThrownBy(() -> read(object))
			.isInstanceOf(RejectMessageException.class)
			.withMessageStartingWith("s3://files/a was replaced");
	}

	@Test
	void failsWhenTheLatestObjectIsReplacedMeanwhile() {
		this.s3.put("a", LARGE);
		this.s3.cutAfter(300_000, () -> this.s3.put("a", random(2_000_000)));
		assertThatExceptionOfType(BrokenOffException.class).isThrownBy(() -> read(S3Object.of(FakeS3.BUCKET, "a")))
			.withMessage("s3://files/a broke off after 300000 of 1000000 bytes")
			.withStackTraceContaining("the object was replaced while it was read");
	}

	@Test
	void asksForTheSameObjectWithoutAnEvent() throws IOException {
		this.s3.put("a", LARGE);
		this.s3.cutAfter(600_000, () -> {
		});
		assertThat(read(S3Object.of(FakeS3.BUCKET, "a"))).isEqualTo(LARGE);
		assertThat(this.s3.requests()).extracting(FakeS3.Request::ifMatch).first().isNull();
		assertThat(this.s3.requests()).extracting(FakeS3.Request::ifMatch).last().isNotNull();
	}

	@Test
	void failsWhenAnObjectIsRemovedMeanwhile() {
		S3Object object = this.s3.put("a", LARGE);
		this.s3.cutAfter(300_000, () -> this.s3.remove("a"));
		assertThatExceptionOfType(NackException.class).isThrownBy(() -> read(object));
	}

	@Test
	void givesUpWhenNothingMoreComes() {
		S3Object object = this.s3.put("a", LARGE);
		this.s3.cutAfter(300_000, () -> this.s3.cutAfter(0, () -> {
		}));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(object))
			.withMessage("s3://files/a broke off after 300000 of 1000000 bytes");
		assertThat(this.s3.requests()).hasSize(4);
	}

	@Test
	void readsLinesAcrossACut() throws IOException {
		String text = "line\n".repeat(100_000);
		this.s3.cutAfter(100, () -> {
		});
		try (Stream<String> lines = this.objects.lines(this.s3.put("a.gz", gzip(text)))) {
			assertThat(lines).hasSize(100_000);
		}
	}

	@Test
	void handsTheMessageBackIfTheObjectIsNotThere() {
		assertThatExceptionOfType(NackException.class).isThrownBy(() -> read(S3Object.of(FakeS3.BUCKET, "none")))
			.withMessage("s3://files/none is not there")
			.satisfies((ex) -> assertThat(ex.delay()).isNull());
	}

	@Test
	void skipsTheMessageIfTheObjectIsNotThere() {
		S3Objects skipping = new S3Objects(this.s3.client(), MissingObject.SKIP);
		assertThatExceptionOfType(SkipMessageException.class)
			.isThrownBy(() -> skipping.open(S3Object.of(FakeS3.BUCKET, "none")))
			.withMessage("s3://files/none is not there");
	}

	@Test
	void rejectsTheMessageIfTheObjectIsNotThere() {
		S3Objects failing = new S3Objects(this.s3.client(), MissingObject.FAIL);
		assertThatExceptionOfType(MissingObjectException.class)
			.isThrownBy(() -> failing.open(S3Object.of(FakeS3.BUCKET, "none")))
			.isInstanceOf(RejectMessageException.class)
			.withMessage("s3://files/none is not there");
	}

	@ParameterizedTest
	@EnumSource(names = { "NO_VERSION", "DELETE_MARKER" })
	void countsAsMissingWhatAVersionHasNot(FakeS3.Fault fault) {
		this.s3.fault(fault);
		assertThatExceptionOfType(NackException.class).isThrownBy(() -> read(S3Object.of(FakeS3.BUCKET, "a")));
	}

	@ParameterizedTest
	@CsvSource({ "DENIED,s3:ListBucket", "ARCHIVED,restore it first", "NO_BUCKET,there is no such bucket",
			"ELSEWHERE,another region" })
	void saysWhyAnObjectIsRefused(FakeS3.Fault fault, String explanation) {
		this.s3.fault(fault);
		assertThatExceptionOfType(UnreadableObjectException.class)
			.isThrownBy(() -> read(S3Object.of(FakeS3.BUCKET, "a")))
			.withMessageStartingWith("s3://files/a cannot be read: ")
			.withMessageContaining(explanation);
	}

	@Test
	void noticesThatAnObjectWasReplacedBeforeItIsRead() {
		S3Object object = this.s3.put("a", bytes("old"));
		this.s3.put("a", bytes("new"));
		assertThatExceptionOfType(ReplacedObjectException.class).isThrownBy(() -> read(object));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ObjectRemoved:Delete", "LifecycleExpiration:DeleteMarkerCreated", "Object Deleted" })
	void asksForNothingThatWasRemoved(String eventName) {
		S3Object object = new S3Object(FakeS3.BUCKET, "a", eventName, null, null, null, null, null, null);
		assertThatIllegalArgumentException().isThrownBy(() -> this.objects.open(object))
			.withMessageStartingWith("s3://files/a was removed");
		assertThat(this.s3.requests()).isEmpty();
	}

	private S3Reader reader() {
		return new S3Reader(this.s3.client(), MissingObject.RETRY);
	}

	private byte[] read(S3Object object) throws IOException {
		try (InputStream content = this.objects.open(object)) {
			return content.readAllBytes();
		}
	}

	private static byte[] gzip(String... members) {
		return concatenated(Stream.of(members).map(S3ObjectsTests::member).toArray(byte[][]::new));
	}

	private static byte[] member(String text) {
		ByteArrayOutputStream member = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(member)) {
			gzip.write(bytes(text));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return member.toByteArray();
	}

	private static byte[] concatenated(byte[]... parts) {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		Stream.of(parts).forEach(whole::writeBytes);
		return whole.toByteArray();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

	/**
	 * A client whose HTTP client does not notice that a content is too short, as that of
	 * the JDK with some servers.
	 */
	private static final class ShortS3Client implements S3Client {

		@Override
		public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
			return new ResponseInputStream<>(GetObjectResponse.builder().contentLength(5L).build(),
					new ByteArrayInputStream(bytes("h")));
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

}
