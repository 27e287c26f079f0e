package io.pubsub.test;

import java.time.Duration;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a {@link Delivery}.
 * <p>
 * Those that verify a settlement wait for it up to 10 s, because a source may carry it
 * out in the background.
 *
 * @since 0.1.0
 */
public final class DeliveryAssert extends AbstractAssert<DeliveryAssert, Delivery> {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	DeliveryAssert(@Nullable Delivery actual) {
		super(actual, DeliveryAssert.class);
	}

	/**
	 * Verifies the body of the message.
	 * @param body the whole text
	 * @return this
	 */
	public DeliveryAssert hasBody(String body) {
		Assertions.assertThat(delivery().message().body()).as("body").isEqualTo(body);
		return this;
	}

	/**
	 * Verifies which delivery of the message this is.
	 * @param attempt the number, from 1
	 * @return this
	 */
	public DeliveryAssert hasAttempt(int attempt) {
		Assertions.assertThat(delivery().attempt()).as("attempt").isEqualTo(attempt);
		return this;
	}

	/**
	 * Verifies that the source has acknowledged the message.
	 * @return this
	 */
	public DeliveryAssert isAcked() {
		return isSettled(Settlement.ACKED);
	}

	/**
	 * Verifies that the source has handed the message back.
	 * @return this
	 */
	public DeliveryAssert isNacked() {
		return isSettled(Settlement.NACKED);
	}

	/**
	 * Verifies that the source has lost the message while it was being worked on.
	 * @return this
	 */
	public DeliveryAssert isLost() {
		return isSettled(Settlement.LOST);
	}

	/**
	 * Verifies that the source has not carried out any settlement, at this moment.
	 * @return this
	 */
	public DeliveryAssert isNotSettled() {
		Assertions.assertThat(delivery().settled().toCompletableFuture()).as("settlement").isNotDone();
		return this;
	}

	private DeliveryAssert isSettled(Settlement settlement) {
		Assertions.assertThat(delivery().settled().toCompletableFuture())
			.as("settlement")
			.succeedsWithin(PATIENCE)
			.isEqualTo(settlement);
		return this;
	}

	private Delivery delivery() {
		isNotNull();
		return this.actual;
	}

}
