package io.pubsub.aws.lambda;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SqsRecord}.
 */
class SqsRecordTests {

	// As the AWS Lambda developer guide shows it.
	private static final String EVENT = """
			{"Records": [{
			  "messageId": "11d6ee51-4cc7-4302-9e22-7cd8afdaadf5",
			  "receiptHandle": "AQEBBX8nesZEXmkhsmZeyIE8iQAMig7qw...",
			  "body": "Test message.",
			  "attributes": {
			    "ApproximateReceiveCount": "3",
			    "SentTimestamp": "1573251510774",
			    "SequenceNumber": "18849496460467696128",
			    "MessageGroupId": "1",
			    "SenderId": "AIDAIO23YVJENQZJOL4VO",
			    "MessageDeduplicationId": "1",
			    "ApproximateFirstReceiveTimestamp": "1573251510774"
			  },
			  "messageAttributes": {
			    "kind": {"stringValue": "test", "stringListValues": [], "binaryListValues": [], "dataType": "String"},
			    "seal": {"binaryValue": "3q2+7w==", "stringListValues": [], "binaryListValues": [], "dataType": "Binary"}
			  },
			  "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
			  "eventSource": "aws:sqs",
			  "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:fifo.fifo",
			  "awsRegion": "us-east-2"
			}]}""";

	@Test
	void readsTheMessage() {
		SqsRecord record = read(EVENT).get(0);
		assertThat(record.message().id()).isEqualTo("11d6ee51-4cc7-4302-9e22-7cd8afdaadf5");
		assertThat(record.message().body()).isEqualTo("Test message.");
		assertThat(record.message().sentAt()).isEqualTo(Instant.ofEpochMilli(1573251510774L));
		assertThat(record.message().groupId()).isEqualTo("1");
		assertThat(record.attempt()).isEqualTo(3);
	}

	@Test
	void readsTheAttributesAndThoseThatAreBinaryAsBase64() {
		assertThat(read(EVENT).get(0).message().attributes()).isEqualTo(Map.of("kind", "test", "seal", "3q2+7w=="));
	}

	@Test
	void keepsTheOrderOfGroupsOnFifoQueuesOnly() {
		assertThat(read(EVENT).get(0).orderedGroup()).isEqualTo("1");
		assertThat(read(EVENT.replace("fifo.fifo", "standard")).get(0).orderedGroup()).isNull();
	}

	@Test
	void startsWithTheFirstAttemptIfNobodyCounts() {
		assertThat(read(EVENT.replace("ApproximateReceiveCount", "Other")).get(0).attempt()).isOne();
	}

	@Test
	void refusesARecordWithoutId() {
		assertThatIllegalArgumentException().isThrownBy(() -> read(EVENT.replace("messageId", "id")))
			.withMessageContaining("Records[0]")
			.withMessageContaining("messageId");
	}

	@ParameterizedTest
	@ValueSource(strings = { "often", "-3", "1e9", "99999999999999999999" })
	void startsWithTheFirstAttemptIfTheCountMakesNoSense(String count) {
		assertThat(read(EVENT.replace("\"3\"", "\"" + count + "\"")).get(0).attempt()).isOne();
	}

	@Test
	void doesNotKnowWhenAMessageWasSentIfTheTimeMakesNoSense() {
		String event = EVENT.replaceFirst("\"SentTimestamp\": \"[0-9]+\"", "\"SentTimestamp\": \"1e999\"");
		assertThat(read(event).get(0).message().sentAt()).isNull();
	}

	private static List<SqsRecord> read(String event) {
		return SqsRecord.readAll(new JsonMapper().readTree(event));
	}

}
