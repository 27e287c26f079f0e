package io.pubsub.aws.s3;

import java.time.Instant;

import io.pubsub.IgnoreMessageException;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.transport.InboundMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link S3EventEnvelope}.
 */
class S3EventEnvelopeTests {

	private static final String RECORD = """
			{"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-west-2",
			"eventTime": "1970-01-01T00:00:00.000Z", "eventName": "%s", "s3": {"s3SchemaVersion": "1.0",
			"bucket": {"name": "amzn-s3-demo-bucket"}, "object": {"key": "%s", "size": 1024,
			"eTag": "d41d8cd98f00b204e9800998ecf8427e", "versionId": "096fKKXTRTtl3on89fVO.nfljtsv6qko",
			"sequencer": "0055AED6DCD90281E5"}}}""";

	private static final String EVENT_BRIDGE = """
			{"version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": "Object Created",
			"source": "aws.s3", "account": "111122223333", "time": "2021-11-12T00:00:00Z", "region": "ca-central-1",
			"detail": {"version": "0", "bucket": {"name": "amzn-s3-demo-bucket1"}, "object": {"key": "a+b%20c.gz",
			"size": 5, "etag": "b1946ac92492d2347c6235b4d2611184", "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
			"sequencer": "617f08299329d189"}, "reason": "PutObject"}}""";

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final S3EventEnvelope envelope = new S3EventEnvelope(this.mapper);

	@Test
	void opensANotification() {
		assertThat(open(notification("HappyFace.jpg")).objects()).containsExactly(happyFace());
	}

	@Test
	void opensEveryRecordInOrder() {
		String body = "{\"Records\": [%s, %s]}".formatted(record("a.gz"), record("b.gz"));
		assertThat(open(body).objects()).extracting(S3Object::key).containsExactly("a.gz", "b.gz");
	}

	@Test
	void opensANotificationThatSnsWrapped() {
		String body = this.mapper.createObjectNode()
			.put("Type", "Notification")
			.put("Message", notification("HappyFace.jpg"))
			.toString();
		assertThat(open(body).objects()).containsExactly(happyFace());
	}

	@Test
	void opensAnEventOfEventBridgeAndLeavesItsKeyAsItIs() {
		assertThat(open(EVENT_BRIDGE).objects()).containsExactly(new S3Object("amzn-s3-demo-bucket1", "a+b%20c.gz",
				"Object Created", "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e", "b1946ac92492d2347c6235b4d2611184", 5L,
				"617f08299329d189", "ca-central-1", Instant.parse("2021-11-12T00:00:00Z")));
	}

	@ParameterizedTest
	@CsvSource({ "red+flower.jpg,red flower.jpg", "a%2Bb,a+b", "100%25.gz,100%.gz", "%C3%A4/%E2%82%AC.gz,ä/€.gz",
			"a.b.c.gz,a.b.c.gz", "plain,plain" })
	void decodesTheKeyOfANotification(String encoded, String key) {
		assertThat(open(notification(encoded)).objects()).extracting(S3Object::key).containsExactly(key);
	}

	@Test
	void namesAnObjectThatWasDeleted() {
		String body = """
				{"Records": [{"eventSource": "aws:s3", "eventName": "ObjectRemoved:Delete",
				"s3": {"bucket": {"name": "files"}, "object": {"key": "a.gz", "sequencer": "00"}}}]}""";
		assertThat(open(body).objects())
			.containsExactly(new S3Object("files", "a.gz", "ObjectRemoved:Delete", null, null, null, "00", null, null));
	}

	@Test
	void ignoresTheTestEvent() {
		String body = """
				{"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2014-10-13T15:57:02.089Z",
				"Bucket": "amzn-s3-demo-bucket", "RequestId": "5582815E1AEA5ADF", "HostId": "8cLeGAmw098X5cv4"}""";
		assertThatExceptionOfType(IgnoreMessageException.class).isThrownBy(() -> open(body))
			.withMessage("test event of S3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{}", "{\"Records\": []}", "{\"Records\": [1]}", "{\"Message\": \"hello\"}",
			"{\"source\": \"aws.s3\"}", "{\"Records\": [{\"eventSource\": \"aws:ses\"}]}" })
	void refusesWhatIsNoEventOfS3(String body) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> open(body));
	}

	@Test
	void refusesAKeyThatIsNotEncodedAndDoesNotQuoteIt() {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> open(notification("secret%zz")))
			.withMessage("the key of a record is not URL-encoded");
	}

	private S3Event open(String body) {
		return this.mapper.treeToValue(this.envelope.open(new InboundMessage("1", body)).content(), S3Event.class);
	}

	private static S3Object happyFace() {
		return new S3Object("amzn-s3-demo-bucket", "HappyFace.jpg", "ObjectCreated:Put",
				"096fKKXTRTtl3on89fVO.nfljtsv6qko", "d41d8cd98f00b204e9800998ecf8427e", 1024L, "0055AED6DCD90281E5",
				"us-west-2", Instant.EPOCH);
	}

	private static String notification(String key) {
		return "{\"Records\": [" + record(key) + "]}";
	}

	private static String record(String key) {
		return RECORD.formatted("ObjectCreated:Put", key);
	}

}
