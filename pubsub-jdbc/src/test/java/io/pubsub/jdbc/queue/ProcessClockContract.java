package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.Objects;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a {@link JdbcQueue} promises in a database whose clock is that of the process,
 * when this makes a step.
 */
abstract class ProcessClockContract {

	abstract ContractQueue contractQueue();

	@Test
	void keepsClaimsForAtMostTwoLeasesWhenTheClockIsSetBack() throws Exception {
		queue().put("a1");
		assertThat(poll().begin()).isTrue();
		contractQueue().step(Duration.ofDays(-1));
		queue().store().tidy();
		assertThat(poll().attempt()).isEqualTo(2);
	}

	@Test
	void deliversWhatWasPutBeforeTheClockWasSetBack() throws Exception {
		queue().put("a1");
		contractQueue().step(Duration.ofDays(-1));
		queue().store().tidy();
		assertThat(poll().attempt()).isOne();
	}

	@Test
	void acceptsOneSettlementWhenTheClockIsSetForward() throws Exception {
		queue().put("a1");
		Delivery early = poll();
		contractQueue().step(Duration.ofDays(1));
		poll().ack();
		early.ack();
		assertThat(early.settled().toCompletableFuture().join()).isEqualTo(Settlement.LOST);
	}

	@Test
	void triesAgainLaterByTheStepWhenTheClockIsSetBack() throws Exception {
		queue().put("a1");
		poll().nack(Duration.ofSeconds(1));
		contractQueue().step(Duration.ofHours(-1));
		queue().store().tidy();
		contractQueue().step(Duration.ofHours(1));
		assertThat(queue().poll(Duration.ZERO)).isNull();
		contractQueue().step(Duration.ofSeconds(1));
		assertThat(poll().attempt()).isEqualTo(2);
	}

	private JdbcQueue queue() {
		return contractQueue().queue();
	}

	private Delivery poll() throws InterruptedException {
		return Objects.requireNonNull(queue().poll(Duration.ZERO), "nothing is due");
	}

}
