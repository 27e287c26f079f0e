package io.pubsub.kinesis.consume;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import io.pubsub.transport.InboundMessage;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * Makes messages of records. The id of a message has the shard and the sequence number of
 * its record, and that within an aggregated record; its group is the partition key.
 * <p>
 * What is not UTF-8 comes as Base64, and an attribute says so.
 */
final class RecordReader {

	private static final Map<String, String> BASE64 = Map.of("content-encoding", "base64");

	private RecordReader() {
	}

	static InboundMessage read(String shard, KinesisClientRecord record) {
		String id = shard + ":" + record.sequenceNumber()
				+ (record.aggregated() ? ":" + record.subSequenceNumber() : "");
		ByteBuffer data = record.data();
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(data.duplicate()).toString();
			return message(id, text, Map.of(), record);
		}
		catch (CharacterCodingException ex) {
			String text = StandardCharsets.US_ASCII.decode(Base64.getEncoder().encode(data.duplicate())).toString();
			return message(id, text, BASE64, record);
		}
	}

	private static InboundMessage message(String id, String body, Map<String, String> attributes,
			KinesisClientRecord record) {
		return new InboundMessage(id, body, attributes, record.partitionKey(), record.approximateArrivalTimestamp());
	}

}
