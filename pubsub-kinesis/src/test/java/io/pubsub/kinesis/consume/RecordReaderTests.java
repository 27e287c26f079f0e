package io.pubsub.kinesis.consume;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import io.pubsub.transport.InboundMessage;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecordReader}.
 */
class RecordReaderTests {

	private static final Instant ARRIVAL = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void tellsShardNumberKeyAndArrival() {
		assertThat(RecordReader.read("shard-1", record("order-1".getBytes(StandardCharsets.UTF_8)).build()))
			.isEqualTo(new InboundMessage("shard-1:42", "order-1", Map.of(), "key", ARRIVAL));
	}

	@Test
	void tellsTheNumberWithinAnAggregatedRecord() {
		KinesisClientRecord record = record(new byte[0]).aggregated(true).subSequenceNumber(7).build();
		assertThat(RecordReader.read("shard-1", record).id()).isEqualTo("shard-1:42:7");
	}

	@Test
	void readsTheSameAgain() {
		KinesisClientRecord record = record("Grüße 🚀".getBytes(StandardCharsets.UTF_8)).build();
		assertThat(RecordReader.read("shard-1", record).body()).isEqualTo("Grüße 🚀");
		assertThat(RecordReader.read("shard-1", record).body()).isEqualTo("Grüße 🚀");
	}

	@Test
	void encodesWhatIsNoText() {
		InboundMessage message = RecordReader.read("shard-1", record(new byte[] { (byte) 0xff, 0 }).build());
		assertThat(message.body()).isEqualTo("/wA=");
		assertThat(message.attributes()).isEqualTo(Map.of("content-encoding", "base64"));
	}

	private static KinesisClientRecord.KinesisClientRecordBuilder record(byte[] data) {
		return KinesisClientRecord.builder()
			.sequenceNumber("42")
			.partitionKey("key")
			.approximateArrivalTimestamp(ARRIVAL)
			.data(ByteBuffer.wrap(data).asReadOnlyBuffer());
	}

}
