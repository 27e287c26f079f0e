package io.pubsub.aws.s3;

import java.time.Instant;
import java.util.List;

import io.pubsub.InvalidSettingException;
import io.pubsub.SkipMessageException;
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
	void skipsTheTestEvent() {
		String body = """
				{"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2014-10-13T15:57:02.089Z",
				"Bucket": "amzn-s3-demo-bucket", "RequestId": "5582815E1AEA5ADF", "HostId": "8cLeGAmw098X5cv4"}""";
		assertThatExceptionOfType(SkipMessageException.class).isThrownBy(() -> open(body))
			.withMessage("test event of S3, whose notifications arrive");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{}", "{\"Records\": []}", "{\"Records\": [1]}", "{\"Message\": \"hello\"}",
			"{\"source\": \"aws.s3\"}", "{\"Records\": [{\"eventSource\": \"aws:ses\"}]}" })
	void refusesWhatIsNoEventOfS3(String body) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> open(body));
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret%zz", "secret%", "secret%4", "secret%+1", "secret%-1" })
	void refusesAKeyThatIsNotEncodedAndDoesNotQuoteIt(String key) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> open(notification(key)))
			.withMessage("the key of a record is not URL-encoded");
	}

	@ParameterizedTest
	@ValueSource(strings = { "secret%FF", "secret%C3", "secret%C0%80", "secret\\ud800" })
	void refusesAKeyThatIsNotUtf8AndDoesNotQuoteIt(String key) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> open(notification(key)))
			.withMessage("the key of a record is not UTF-8");
	}

	@Test
	void takesAKeyWhoseUnicodeIsNotEncoded() {
		assertThat(open(notification("ä/€+\ud83d\ude00.gz")).objects()).extracting(S3Object::key)
			.containsExactly("ä/€ \ud83d\ude00.gz");
	}

	@Test
	void opensADeletionThatEventBridgeTellsOf() {
		String body = """
				{"source": "aws.s3", "detail-type": "Object Deleted", "detail": {"bucket": {"name": "files"},
				"object": {"key": "a.gz", "sequencer": "00"}, "deletion-type": "Permanently Deleted"}}""";
		assertThat(open(body).objects()).singleElement().matches(S3Object::wasRemoved);
	}

	@Test
	void opensWhatEventBridgeSendsThroughSns() {
		String body = this.mapper.createObjectNode()
			.put("Type", "Notification")
			.put("Message", EVENT_BRIDGE)
			.toString();
		assertThat(open(body).objects()).extracting(S3Object::key).containsExactly("a+b%20c.gz");
	}

	@Test
	void leavesOutRecordsOfOtherEvents() {
		String body = "{\"Records\": [%s, %s]}".formatted(record("a.gz"),
				RECORD.formatted("ObjectRemoved:Delete", "b"));
		assertThat(open(wanting("ObjectCreated:*"), body).objects()).extracting(S3Object::key).containsExactly("a.gz");
	}

	@Test
	void skipsAMessageThatHasOtherEventsOnly() {
		assertThatExceptionOfType(SkipMessageException.class)
			.isThrownBy(() -> open(wanting("ObjectRemoved:*", "ObjectCreated:Copy"), notification("a")))
			.withMessage("none of the events of S3 that are wanted");
	}

	@ParameterizedTest
	@ValueSource(strings = { "s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:*" })
	void wantsEventsByTheirNameInTheConfigurationOfABucket(String event) {
		assertThat(open(wanting(event), notification("a")).objects()).hasSize(1);
	}

	@Test
	void wantsEventsOfEventBridgeByTheirName() {
		assertThat(open(wanting("Object Created"), EVENT_BRIDGE).objects()).hasSize(1);
		assertThatExceptionOfType(SkipMessageException.class)
			.isThrownBy(() -> open(wanting("Object Deleted"), EVENT_BRIDGE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*:Put", "Object*:Put" })
	void refusesNamesOfEventsThatCannotBe(String event) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> wanting(event))
			.satisfies((ex) -> assertThat(ex.setting()).isEqualTo("events"))
			.withMessageContaining("'" + event + "'");
	}

	private S3EventEnvelope wanting(String... events) {
		return new S3EventEnvelope(this.mapper, List.of(events));
	}

	private S3Event open(String body) {
		return open(this.envelope, body);
	}

	private S3Event open(S3EventEnvelope envelope, String body) {
		return this.mapper.treeToValue(envelope.open(new InboundMessage("1", body)).content(), S3Event.class);
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
