package io.pubsub.test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;

import io.pubsub.folder.FolderQueue;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how a {@link FolderQueue} takes back what a dead consumer has left.
 */
class FolderLeaseTests {

	private static final Duration LATE = FolderFixture.LEASE.plusSeconds(5);

	@RegisterExtension
	private final FolderFixture folder = new FolderFixture();

	@BeforeEach
	void write() {
		this.folder.write("a.tsv");
	}

	@Test
	void takesBackWhatADeadConsumerHasLeftAsOneMoreAttempt() {
		FolderFixture.poll(this.folder.openFrozen());
		Delivery delivery = this.folder.pollAfter(this.folder.open(), LATE);
		assertThat(delivery).hasAttempt(2);
		assertThat(FolderFixture.nameOf(delivery)).isEqualTo("a.tsv");
	}

	@Test
	void leavesItForALease() {
		FolderFixture.poll(this.folder.openFrozen());
		FolderQueue queue = this.folder.open();
		assertThat(FolderFixture.poll(queue)).isNull();
		this.folder.clock.advance(FolderFixture.LEASE.minusSeconds(1));
		assertThat(FolderFixture.poll(queue)).isNull();
		assertThat(queue.outstanding()).containsExactly("a.tsv");
	}

	@Test
	void leavesWhatALivingConsumerHas() {
		Delivery delivery = FolderFixture.poll(this.folder.open());
		FolderQueue other = this.folder.open();
		for (int second = 0; second < 300; second++) {
			this.folder.clock.advance(Duration.ofSeconds(1));
			assertThat(FolderFixture.poll(other)).isNull();
		}
		delivery.ack();
		assertThat(delivery).isAcked();
		assertThat(this.folder.names()).isEmpty();
	}

	@Test
	void whoComesBackToLifeHasLostIt() {
		TestClock frozen = new TestClock();
		Delivery first = FolderFixture.poll(this.folder.open(this.folder.builder(frozen)));
		Delivery second = this.folder.pollAfter(this.folder.open(), LATE);
		frozen.skip(LATE);
		assertThat(first.isLost()).isTrue();
		first.ack();
		assertThat(first.settled().toCompletableFuture()).isCompletedWithValue(Settlement.LOST);
		second.ack();
		assertThat(second).isAcked();
		assertThat(this.folder.names()).isEmpty();
	}

	@Test
	void whoWasSilentForALeaseGivesItBackItself() {
		TestClock frozen = new TestClock();
		FolderQueue queue = this.folder.open(this.folder.builder(frozen));
		Delivery first = FolderFixture.poll(queue);
		frozen.skip(LATE);
		assertThat(first.isLost()).isTrue();
		frozen.advance(Duration.ofSeconds(1));
		assertThat(FolderFixture.poll(queue)).hasAttempt(2);
		assertThat(first.isLost()).isTrue();
	}

	@Test
	void aLateSettlementChangesNothingEvenIfNobodyAskedWhetherItIsLost() {
		TestClock frozen = new TestClock();
		Delivery first = FolderFixture.poll(this.folder.open(this.folder.builder(frozen)));
		Delivery second = this.folder.pollAfter(this.folder.open(), LATE);
		// By its own clock, it still has it.
		first.ack();
		assertThat(first.settled().toCompletableFuture()).isCompletedWithValue(Settlement.LOST);
		assertThat(this.folder.names()).hasSize(1);
		second.nack(Duration.ZERO);
		assertThat(this.folder.names()).containsExactly("a.tsv");
	}

	@Test
	void whatKillsItsConsumersIsGivenUpWithTheReason() {
		for (int consumer = 0; consumer < 2; consumer++) {
			FolderQueue frozen = this.folder.open(this.folder.builder(new TestClock()).maxAttempts(3));
			this.folder.clock.advance(Duration.ofSeconds(2));
			Delivery taken = FolderFixture.poll(frozen);
			assertThat(taken).hasAttempt(consumer + 1);
			FolderQueue observer = this.folder.open(this.folder.builder().extension(".none"));
			FolderFixture.poll(observer);
			this.folder.clock.advance(LATE);
			FolderFixture.poll(observer);
			assertThat(this.folder.names()).containsExactly("a.tsv");
		}
		FolderFixture.poll(this.folder.open(this.folder.builder(new TestClock()).maxAttempts(3)));
		FolderQueue last = this.folder.open(this.folder.builder().maxAttempts(3));
		FolderFixture.poll(last);
		this.folder.clock.advance(LATE);
		FolderFixture.poll(last);
		assertThat(this.folder.path("dead/a.tsv.reason")).content().contains("died, after 3 attempts");
	}

	@Test
	void takesBackWhatHasNoHeartbeatAtAll() throws IOException {
		Files.move(this.folder.path("a.tsv"), this.folder.path("a.tsv.worker-7.0123abcd.wip"));
		assertThat(FolderFixture.nameOf(this.folder.pollAfter(this.folder.open(), LATE))).isEqualTo("a.tsv");
	}

	@Test
	void twoWhoTakeItBackGiveItToOne() {
		FolderFixture.poll(this.folder.openFrozen());
		FolderQueue one = this.folder.open();
		FolderQueue other = this.folder.open();
		FolderFixture.poll(one);
		FolderFixture.poll(other);
		this.folder.clock.advance(LATE);
		Delivery first = FolderFixture.poll(one);
		Delivery second = FolderFixture.poll(other);
		assertThat(first != null ^ second != null).isTrue();
	}

}
