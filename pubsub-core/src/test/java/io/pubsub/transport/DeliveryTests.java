package io.pubsub.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.pubsub.NackException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Delivery}: what it does by itself.
 */
class DeliveryTests {

	private final List<String> calls = new ArrayList<>();

	private final Delivery delivery = new TrackedDelivery(new InboundMessage("id-1", "secret"), 1, new Calls());

	@Test
	void acksWhenTheWorkIsDone() throws Exception {
		assertThat(this.delivery.<String>use((used) -> used.message().body())).isEqualTo("secret");
		assertThat(this.calls).containsExactly("begun", "ack");
	}

	@Test
	void nacksAndRethrowsWhenTheWorkFails() {
		IOException failure = new IOException("expected");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.delivery.use((used) -> {
			throw failure;
		})).isSameAs(failure);
		assertThat(this.calls).containsExactly("begun", "nack null");
	}

	@Test
	void nacksWhenTheWorkEndsInError() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.delivery.use((used) -> {
			throw new AssertionError("expected");
		}));
		assertThat(this.calls).containsExactly("begun", "nack null");
	}

	@Test
	void nacksWithTheDelayOfNackException() {
		assertThatExceptionOfType(NackException.class).isThrownBy(() -> this.delivery.use((used) -> {
			throw new NackException(Duration.ofSeconds(5), "expected");
		}));
		assertThat(this.calls).containsExactly("begun", "nack PT5S");
	}

	@Test
	void leavesWhatTheWorkHasSettled() throws Exception {
		this.delivery.use((used) -> {
			used.nack(Duration.ZERO);
			return "done";
		});
		assertThat(this.calls).containsExactly("begun", "nack PT0S");
	}

	@Test
	void doesNoWorkOnWhatWasSettledBefore() {
		this.delivery.ack();
		assertThatIllegalStateException().isThrownBy(() -> this.delivery.use((used) -> this.calls.add("worked")))
			.withMessage("the delivery of message id-1 was settled or lost before");
		assertThat(this.calls).containsExactly("ack");
	}

	@Test
	void nacksWhenClosed() {
		this.delivery.close();
		assertThat(this.calls).containsExactly("nack null");
	}

	@Test
	void doesNothingWhenClosedAfterSettlement() {
		this.delivery.ack();
		this.delivery.close();
		assertThat(this.calls).containsExactly("ack");
	}

	private final class Calls implements TrackedDelivery.Settler {

		@Override
		public void begun(TrackedDelivery begun) {
			DeliveryTests.this.calls.add("begun");
		}

		@Override
		public void ack(TrackedDelivery acked) {
			DeliveryTests.this.calls.add("ack");
		}

		@Override
		public void nack(TrackedDelivery nacked, @Nullable Duration delay) {
			DeliveryTests.this.calls.add("nack " + delay);
		}

	}

}
