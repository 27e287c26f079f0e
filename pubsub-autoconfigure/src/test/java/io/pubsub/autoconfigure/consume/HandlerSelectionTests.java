package io.pubsub.autoconfigure.consume;

import java.util.List;

import io.pubsub.autoconfigure.internal.UnknownNameException;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HandlerSelection}.
 */
class HandlerSelectionTests {

	private static final List<String> BEANS = List.of("orderHandler", "billingA", "billingB");

	@Test
	void choosesAllByDefault() {
		assertThat(new HandlerSelection(List.of()).choose(BEANS)).isEqualTo(BEANS);
	}

	@Test
	void choosesByNameAndByPattern() {
		assertThat(new HandlerSelection(List.of("orderHandler", "*A")).choose(BEANS)).containsExactly("orderHandler",
				"billingA");
	}

	@Test
	void leavesTheHandlerOfBatchesToItsOwnProperty() {
		assertThat(new HandlerSelection(List.of("orderHandler"))
			.choose(List.of("orderHandler", PubSubProducerAutoConfiguration.BATCH_HANDLER)))
			.containsExactly("orderHandler", PubSubProducerAutoConfiguration.BATCH_HANDLER);
	}

	@Test
	void refusesAnEntryThatMatchesNothingAndListsTheBeans() {
		assertThatExceptionOfType(UnknownNameException.class)
			.isThrownBy(() -> new HandlerSelection(List.of("billing*", "bilingC")).choose(BEANS))
			.withMessageContainingAll("pubsub.consumer.handlers", "bilingC")
			.satisfies((ex) -> assertThat(ex.action()).contains("orderHandler, billingA, billingB"));
	}

}
