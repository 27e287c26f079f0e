package io.pubsub.aws;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.pubsub.NackException;
import io.pubsub.SkipMessageException;
import io.pubsub.aws.faults.FaultyRelay;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.MissingObjectException;
import io.pubsub.aws.s3.ReplacedObjectException;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.aws.s3.UnreadableObjectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The promises of {@link S3Objects}.
 */
abstract class S3ObjectsContract {

	private static final byte[] LARGE = random(8_000_000);

	private static final int RESETS_EVERY = 25;

	private final Broker broker;

	private final String bucket;

	private final S3Objects objects;

	S3ObjectsContract(Broker broker) {
		this.broker = broker;
		this.bucket = broker.createBucket();
		this.objects = new S3Objects(broker.s3(), MissingObject.RETRY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "in/a.b.c.gz", "a b+ä%2B.txt", "日本語/😀", "a&b=c?d#e;f", "\"'<>" })
	void opensAnObjectByItsKey(String key) throws IOException {
		assertThat(read(put(key, bytes("hello")))).asString().isEqualTo("hello");
	}

	@Test
	void opensAnEmptyObject() throws IOException {
		assertThat(read(put("a", bytes("")))).isEmpty();
	}

	@Test
	void opensALargeObjectThatWasSentInChunks() throws IOException {
		String eTag = this.broker.s3()
			.putObject((request) -> request.bucket(this.bucket).key("a"),
					RequestBody.fromInputStream(new ByteArrayInputStream(LARGE), LARGE.length))
			.eTag();
		assertThat(read(object("a", eTag))).isEqualTo(LARGE);
	}

	@Test
	void decompressesEveryMember() throws IOException {
		assertThat(read(put("a.txt", gzip("a\n", "", "b\n")))).asString().isEqualTo("a\nb\n");
	}

	@Test
	void leavesAloneWhatOnlyHasTheNameOfGzip() throws IOException {
		assertThat(read(put("a.gz", bytes("plain")))).asString().isEqualTo("plain");
	}

	@Test
	void givesObjectsAsTheyAreStored() throws IOException {
		byte[] stored = gzip("a");
		try (InputStream content = this.objects.asStored().open(put("a", stored))) {
			assertThat(content.readAllBytes()).isEqualTo(stored);
		}
	}

	@Test
	void opensLines() throws IOException {
		try (Stream<String> lines = this.objects.lines(put("a.gz", gzip("ä\n\n", "b")))) {
			assertThat(lines).containsExactly("ä", "", "b");
		}
	}

	@Test
	void copiesAnObjectToAFile(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("a.txt");
		this.objects.copyTo(put("a", LARGE), file);
		assertThat(file).hasBinaryContent(LARGE);
	}

	@Test
	void givesUpTheConnectionOfWhatIsLeftEarly() throws IOException {
		try (S3Client client = Broker.s3At(this.broker.s3Endpoint(), 1)) {
			S3Objects single = new S3Objects(client, MissingObject.RETRY);
			S3Object object = put("a", LARGE);
			try (InputStream content = single.open(object)) {
				content.readNBytes(10);
			}
			assertThat(read(single, object)).isEqualTo(LARGE);
		}
	}

	@Test
	void goesOnWhereConnectionsWereCut() throws IOException {
		S3Object object = put("a", LARGE);
		try (FaultyRelay relay = new FaultyRelay(this.broker.s3Endpoint());
				S3Client way = Broker.s3At(relay.endpoint(), 1)) {
			relay.resetEvery(RESETS_EVERY);
			assertThat(read(new S3Objects(way, MissingObject.RETRY), object)).isEqualTo(LARGE);
			assertThat(relay.resets()).isPositive();
		}
	}

	@Test
	void doesNotGoOnWithAnotherObject() throws IOException {
		S3Object object = put("a", LARGE);
		try (FaultyRelay relay = new FaultyRelay(this.broker.s3Endpoint());
				S3Client way = Broker.s3At(relay.endpoint(), 1);
				InputStream content = new S3Objects(way, MissingObject.RETRY).open(object)) {
			content.readNBytes(10);
			put("a", random(LARGE.length + 1));
			relay.cut();
			relay.mend();
			assertThatExceptionOfType(ReplacedObjectException.class).isThrownBy(content::readAllBytes);
		}
	}

	@Test
	void noticesThatAnObjectWasReplaced() {
		S3Object object = put("a", bytes("old"));
		put("a", bytes("new"));
		assertThatExceptionOfType(ReplacedObjectException.class).isThrownBy(() -> read(object))
			.withMessageStartingWith("s3://%s/a was replaced".formatted(this.bucket));
	}

	@Test
	void opensTheLatestObjectOfAKey() throws IOException {
		put("a", bytes("old"));
		put("a", bytes("new"));
		assertThat(read(S3Object.of(this.bucket, "a"))).asString().isEqualTo("new");
	}

	@Test
	void doesWithAMissingObjectAsItIsTold() {
		assertMissing(MissingObject.RETRY, NackException.class);
		assertMissing(MissingObject.SKIP, SkipMessageException.class);
		assertMissing(MissingObject.FAIL, MissingObjectException.class);
	}

	private void assertMissing(MissingObject missing, Class<? extends Exception> exception) {
		S3Object object = S3Object.of(this.bucket, "none");
		assertThatExceptionOfType(exception).isThrownBy(() -> read(new S3Objects(this.broker.s3(), missing), object))
			.withMessage("s3://%s/none is not there".formatted(this.bucket));
	}

	@Test
	void saysThatThereIsNoSuchBucket() {
		assertThatExceptionOfType(UnreadableObjectException.class)
			.isThrownBy(() -> read(S3Object.of(this.bucket + "-none", "a")))
			.withMessageContaining("there is no such bucket");
	}

	private S3Object put(String key, byte[] content) {
		PutObjectResponse put = this.broker.s3()
			.putObject((request) -> request.bucket(this.bucket).key(key), RequestBody.fromBytes(content));
		return object(key, put.eTag());
	}

	// As an event tells of it: without quotes.
	private S3Object object(String key, String eTag) {
		return new S3Object(this.bucket, key, "ObjectCreated:Put", null, eTag.replace("\"", ""), null, null, null,
				null);
	}

	private byte[] read(S3Object object) throws IOException {
		return read(this.objects, object);
	}

	private static byte[] read(S3Objects objects, S3Object object) throws IOException {
		try (InputStream content = objects.open(object)) {
			return content.readAllBytes();
		}
	}

	private static byte[] gzip(String... members) {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		Arrays.stream(members).map(S3ObjectsContract::member).forEach(file::writeBytes);
		return file.toByteArray();
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

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(length).nextBytes(bytes);
		return bytes;
	}

}
