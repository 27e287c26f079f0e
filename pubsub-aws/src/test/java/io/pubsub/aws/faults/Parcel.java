package io.pubsub.aws.faults;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.MediaTypes;
import io.pubsub.MessageSchema;
import jakarta.validation.constraints.PositiveOrZero;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The content of the messages of the tests.
 *
 * @param number the number, which no other parcel has
 */
@MessageSchema
record Parcel(@PositiveOrZero int number) {

	static final MediaTypes MEDIA_TYPES = new MediaTypes("example");

	/** The number of items in each parcel. */
	static final int ITEMS = 10;

	/**
	 * Returns the body of a message.
	 * @param number the number of the parcel
	 * @return JSON
	 */
	static String body(int number) {
		return "{\"mediaType\": \"%s\", \"opaqueData\": {}, \"number\": %d}".formatted(MEDIA_TYPES.of(Parcel.class),
				number);
	}

	/**
	 * Takes the parcel apart.
	 * @return the numbers of its items, which no item of another parcel has
	 */
	Stream<Integer> items() {
		return IntStream.range(this.number * ITEMS, (this.number + 1) * ITEMS).boxed();
	}

	static SendMessageBatchRequestEntry message(int number) {
		return SendMessageBatchRequestEntry.builder().messageBody(body(number)).build();
	}

	/**
	 * The messages of a FIFO queue: one of each group after the other.
	 * @param groups the number of groups
	 * @param ofEach the number of messages of each group
	 * @return the messages
	 */
	static List<SendMessageBatchRequestEntry> inGroups(int groups, int ofEach) {
		return IntStream.range(0, groups * ofEach).mapToObj((number) -> ofGroup(number, number % groups)).toList();
	}

	private static SendMessageBatchRequestEntry ofGroup(int number, int group) {
		return message(number).toBuilder().messageGroupId("" + group).messageDeduplicationId("" + number).build();
	}

	/**
	 * The numbers of the parcels of one group, in their order.
	 * @param group the number of the group, from 0
	 * @param groups the number of groups
	 * @param ofEach the number of messages of each group
	 * @return the numbers
	 */
	static List<Integer> numbersOf(int group, int groups, int ofEach) {
		return IntStream.range(0, ofEach).mapToObj((place) -> place * groups + group).toList();
	}

}
