package io.pubsub.test;

import java.util.List;

import io.pubsub.Outcome;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.OutboundMessage;

/**
 * Entry point to AssertJ assertions on what was published and on what became of a
 * message. Its methods and those of {@link org.assertj.core.api.Assertions} may be
 * imported statically side by side.
 *
 * @since 0.1.0
 */
public final class PubSubAssertions {

	private PubSubAssertions() {
	}

	/**
	 * Assertions on published messages, such as those of
	 * {@link InMemoryDestination#published()}: {@code isEmpty()},
	 * {@code singleElement()}, {@code satisfiesExactly(...)} for messages in order,
	 * {@code satisfiesExactlyInAnyOrder(...)} and all else that a list has.
	 * @param actual the messages
	 * @return the assertions
	 */
	public static PublishedMessagesAssert assertThat(List<OutboundMessage> actual) {
		return new PublishedMessagesAssert(actual);
	}

	/**
	 * Assertions on one published message.
	 * @param actual the message
	 * @return the assertions
	 */
	public static PublishedMessageAssert assertThat(OutboundMessage actual) {
		return new PublishedMessageAssert(actual);
	}

	/**
	 * Assertions on an outcome.
	 * @param actual the outcome
	 * @return the assertions
	 */
	public static OutcomeAssert assertThat(Outcome actual) {
		return new OutcomeAssert(actual);
	}

	/**
	 * Assertions on the outcomes of all deliveries, in their order.
	 * @param actual the recorder of the outcomes
	 * @return the assertions
	 */
	public static OutcomesAssert assertThat(OutcomeRecorder actual) {
		return new OutcomesAssert(actual.outcomes());
	}

	/**
	 * Assertions on a delivery.
	 * @param actual the delivery
	 * @return the assertions
	 */
	public static DeliveryAssert assertThat(Delivery actual) {
		return new DeliveryAssert(actual);
	}

}
