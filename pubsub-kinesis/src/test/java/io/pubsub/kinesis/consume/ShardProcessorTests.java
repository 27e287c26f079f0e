package io.pubsub.kinesis.consume;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShardProcessor}.
 */
class ShardProcessorTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ShardBench bench = new ShardBench();

	@Test
	void handsOverRecordsAsTheyCome() {
		this.bench.give("1:a", "2:b");
		assertThat(this.bench.bodies()).containsExactly("1:a", "2:b");
		assertThat(this.bench.delivery("2:b").message().id()).isEqualTo("shard-1:2");
		assertThat(this.bench.delivery("2:b").message().groupId()).isEqualTo("b");
	}

	@Test
	void checkpointsUpToTheFirstThatIsNotSettled() {
		this.bench.give("9:a", "10:b", "11:c");
		this.bench.ack("11:c", "9:a");
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).containsExactly("9:0");
		this.bench.ack("10:b");
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).containsExactly("9:0", "11:0");
	}

	@Test
	void checkpointsWithinAnAggregatedRecord() {
		this.bench.give("1:a:0", "1:b:1", "1:c:2");
		this.bench.ack("1:a:0", "1:b:1");
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:1");
	}

	@Test
	void checkpointsOnceASecondAtMost() {
		this.bench.give("1:a", "2:b", "3:c");
		this.bench.ack("1:a");
		this.bench.pass(SECOND);
		this.bench.ack("2:b");
		this.bench.pass(Duration.ofMillis(999));
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0");
		this.bench.pass(Duration.ofMillis(1));
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0", "2:0");
	}

	@Test
	void doesNotCheckpointTheSameAgain() {
		this.bench.give("1:a");
		this.bench.ack("1:a");
		this.bench.pass(SECOND);
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0");
	}

	@Test
	void whenThrottledCheckpointsASecondLater() {
		this.bench.lease().throttle(2);
		this.bench.give("1:a");
		this.bench.ack("1:a");
		this.bench.pass(SECOND);
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).isEmpty();
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0");
	}

	@Test
	void whenTheTableCannotBeReachedGoesOnAndCheckpointsLater() {
		this.bench.lease().unreachable(true);
		this.bench.give("1:a");
		this.bench.ack("1:a");
		this.bench.pass(SECOND);
		this.bench.give("2:b");
		assertThat(this.bench.bodies()).containsExactly("1:a", "2:b");
		this.bench.lease().unreachable(false);
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0");
	}

	@Test
	void whenRecordsComeAgainAfterTheIteratorHasExpiredHandsThemOverOnce() {
		this.bench.give("1:a", "2:b", "3:c");
		this.bench.ack("1:a", "3:c");
		this.bench.give("1:a", "2:b", "3:c", "4:d");
		assertThat(this.bench.bodies()).containsExactly("1:a", "2:b", "3:c", "4:d");
		this.bench.ack("2:b");
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0", "3:0");
	}

	@Test
	void whenFullWaitsForRoom() {
		ShardBench full = new ShardBench((options) -> options.concurrency(1).maxPrefetch(1));
		CompletableFuture<Void> given = full.giveInBackground("1:a", "2:b", "3:c", "4:d");
		full.awaitBodies("1:a", "2:b");
		assertThat(given).isNotDone();
		full.ack("1:a");
		full.awaitBodies("1:a", "2:b", "3:c");
		full.ack("2:b");
		assertThat(given).succeedsWithin(PATIENCE);
		assertThat(full.bodies()).containsExactly("1:a", "2:b", "3:c", "4:d");
	}

	@Test
	void whileItWaitsForRoomCheckpoints() {
		ShardBench full = new ShardBench((options) -> options.concurrency(2).maxPrefetch(0));
		CompletableFuture<Void> given = full.giveInBackground("1:a", "2:b", "3:c", "4:d", "5:e");
		full.awaitBodies("1:a", "2:b");
		full.ack("1:a");
		full.awaitBodies("1:a", "2:b", "3:c");
		full.clock().advance(SECOND);
		Awaitility.await().until(full.lease()::checkpoints, List.of("1:0")::equals);
		assertThat(given).isNotDone();
		full.ack("2:b", "3:c");
		assertThat(given).succeedsWithin(PATIENCE);
	}

	@Test
	void waitsWhenTooMuchIsBehindTheFirstThatIsNotSettled() {
		ShardBench full = new ShardBench((options) -> options.maxOpen(3));
		CompletableFuture<Void> given = full.giveInBackground("1:a", "2:b", "3:c", "4:d");
		full.awaitBodies("1:a", "2:b", "3:c");
		full.ack("2:b", "3:c");
		Awaitility.await().during(Duration.ofMillis(300)).until(() -> !given.isDone());
		full.ack("1:a");
		assertThat(given).succeedsWithin(PATIENCE);
		assertThat(full.bodies()).endsWith("4:d");
	}

	@Test
	void boundsWhatWaitsBehindAKey() {
		ShardBench full = new ShardBench((options) -> options.maxOpen(3));
		CompletableFuture<Void> given = full.giveInBackground("1:a", "2:a", "3:a", "4:b");
		full.awaitBodies("1:a");
		Awaitility.await().until(full::isBlocked);
		full.ack("1:a");
		assertThat(given).succeedsWithin(PATIENCE);
		full.awaitBodies("1:a", "2:a", "4:b");
	}

	@Test
	void whileItWaitsForRoomNoticesThatTheLeaseIsLost() {
		ShardBench full = new ShardBench((options) -> options.concurrency(1).maxPrefetch(0));
		CompletableFuture<Void> given = full.giveInBackground("1:a", "2:b", "3:c");
		full.awaitBodies("1:a");
		full.lease().lose();
		assertThat(given).succeedsWithin(PATIENCE);
		assertThat(full.bodies()).containsExactly("1:a");
	}

	@Test
	void whileItWaitsForRoomNoticesTheStop() {
		ShardBench full = new ShardBench((options) -> options.concurrency(1).maxPrefetch(0));
		CompletableFuture<Void> given = full.giveInBackground("1:a", "2:b", "3:c");
		full.awaitBodies("1:a");
		full.shards().stop(Duration.ZERO);
		assertThat(given).succeedsWithin(PATIENCE);
		assertThat(full.bodies()).containsExactly("1:a");
	}

	@Test
	void whileItWaitsForRoomNoticesThatTheLeaseIsWanted() {
		ShardBench full = new ShardBench((options) -> options.concurrency(1).maxPrefetch(0));
		CompletableFuture<Void> given = full.giveInBackground("1:a", "2:b", "3:c");
		full.awaitBodies("1:a");
		Delivery begun = full.delivery("1:a");
		begun.begin();
		full.lease().want();
		assertThat(given).succeedsWithin(PATIENCE);
		CompletableFuture<Void> shutdown = full.requestShutdown();
		begun.ack();
		assertThat(shutdown).succeedsWithin(PATIENCE);
		assertThat(full.lease().checkpoints()).containsExactly("1:0");
	}

	@Test
	void whenInterruptedLeavesTheRestToTheNextReader() throws Exception {
		ShardBench full = new ShardBench((options) -> options.concurrency(1).maxPrefetch(0));
		AtomicBoolean interrupted = new AtomicBoolean();
		Thread library = new Thread(() -> {
			full.give("1:a", "2:b", "3:c");
			interrupted.set(Thread.interrupted());
			full.give("4:d");
		});
		library.start();
		full.awaitBodies("1:a");
		library.interrupt();
		library.join(PATIENCE.toMillis());
		assertThat(interrupted).isTrue();
		assertThat(full.bodies()).containsExactly("1:a");
	}

	@Test
	void whenTheLeaseIsLostDropsWhatHasNotBegun() {
		this.bench.give("1:a", "2:b");
		this.bench.delivery("1:a").begin();
		this.bench.lease().lose();
		this.bench.loseLease();
		assertThat(this.bench.delivery("2:b").begin()).isFalse();
		assertThat(this.bench.shards().stream()).isEmpty();
	}

	@Test
	void whenTheLeaseIsLostTellsWhoeverWorksAndRefusesTheSettlement() {
		AtomicBoolean told = new AtomicBoolean();
		this.bench.give("1:a");
		Delivery begun = this.bench.delivery("1:a");
		begun.begin();
		begun.onLost(() -> told.set(true));
		this.bench.lease().lose();
		this.bench.loseLease();
		assertThat(told).isTrue();
		assertThat(begun.isLost()).isTrue();
		begun.ack();
		assertThat(begun).isLost();
		assertThat(this.bench.lease().checkpoints()).isEmpty();
	}

	@Test
	void whenTheLeaseIsLostFreesTheSlotWhenTheWorkHasEnded() {
		this.bench.give("1:a", "2:b");
		Delivery begun = this.bench.delivery("1:a");
		begun.begin();
		this.bench.lease().lose();
		this.bench.loseLease();
		assertThat(this.bench.shards().room().used()).isOne();
		begun.nack(null);
		assertThat(this.bench.shards().room().used()).isZero();
	}

	@Test
	void neverCheckpointsAfterTheLeaseIsLost() {
		this.bench.give("1:a", "2:b");
		this.bench.ack("1:a");
		this.bench.lease().lose();
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).isEmpty();
		assertThat(this.bench.delivery("2:b").begin()).isFalse();
	}

	@Test
	void whenTheCheckpointIsRefusedBecauseTheLeaseIsLostDropsEverything() {
		this.bench.give("1:a", "2:b");
		this.bench.ack("1:a");
		this.bench.checkpointer().forgetLease();
		this.bench.pass(SECOND);
		assertThat(this.bench.shard().isLost()).isTrue();
		assertThat(this.bench.delivery("2:b").begin()).isFalse();
	}

	@Test
	void whenTheLeaseHasExpiredWhileTheProcessStoodStillRefusesTheSettlement() {
		this.bench.lease().expireAt(this.bench.time().nanos() + SECOND.toNanos());
		this.bench.give("1:a", "2:b");
		Delivery begun = this.bench.delivery("1:a");
		begun.begin();
		this.bench.clock().skip(SECOND.plusNanos(1));
		begun.ack();
		assertThat(begun).isLost();
		assertThat(this.bench.delivery("2:b").begin()).isFalse();
	}

	@Test
	void whenTheLeaseWasRenewedMeanwhileSettles() {
		this.bench.lease().expireAt(this.bench.time().nanos() + SECOND.toNanos());
		this.bench.give("1:a");
		Delivery begun = this.bench.delivery("1:a");
		begun.begin();
		this.bench.lease().expireAt(this.bench.time().nanos() + PATIENCE.toNanos());
		this.bench.clock().skip(SECOND.plusNanos(1));
		begun.ack();
		assertThat(begun).isAcked();
	}

	@Test
	void whenTakenAnewBeginsAfterTheCheckpoint() {
		this.bench.give("1:a", "2:a");
		this.bench.ack("1:a");
		this.bench.lease().lose();
		this.bench.loseLease();
		this.bench.takeAnew();
		this.bench.give("1:a", "2:a");
		assertThat(this.bench.bodies()).containsExactly("1:a", "2:a", "1:a");
	}

	@Test
	void whenShutDownHalfWayThroughABatchCheckpointsOnlyWhatIsSettled() {
		this.bench.give("1:a", "2:b", "3:c", "4:d");
		this.bench.ack("1:a", "2:b", "4:d");
		assertThat(this.bench.requestShutdown()).succeedsWithin(PATIENCE);
		assertThat(this.bench.lease().checkpoints()).containsExactly("2:0");
	}

	@Test
	void whenShutDownWaitsForWhatHasBegun() {
		this.bench.give("1:a", "2:b");
		Delivery begun = this.bench.delivery("1:a");
		begun.begin();
		CompletableFuture<Void> shutdown = this.bench.requestShutdown();
		Awaitility.await().until(() -> !this.bench.delivery("2:b").begin());
		assertThat(shutdown).isNotDone();
		begun.ack();
		assertThat(shutdown).succeedsWithin(PATIENCE);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0");
		assertThat(begun).isAcked();
	}

	@Test
	void whenShutDownWaitsNoLongerThanTheDrain() {
		this.bench.give("1:a", "2:b");
		Delivery begun = this.bench.delivery("1:a");
		begun.begin();
		this.bench.shards().stop(Duration.ZERO);
		assertThat(this.bench.requestShutdown()).succeedsWithin(PATIENCE);
		begun.ack();
		assertThat(begun).isLost();
		assertThat(this.bench.lease().checkpoints()).isEmpty();
	}

	@Test
	void whenShutDownAndThrottledTriesTheLastCheckpointAgain() {
		this.bench.lease().throttle(2);
		this.bench.give("1:a");
		this.bench.ack("1:a");
		assertThat(this.bench.requestShutdown()).succeedsWithin(PATIENCE);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0");
	}

	@Test
	void whenShutDownTriesNothingAgain() {
		this.bench.give("1:a");
		this.bench.nack("1:a");
		assertThat(this.bench.requestShutdown()).succeedsWithin(PATIENCE);
		this.bench.clock().advance(Duration.ofMinutes(1));
		assertThat(this.bench.bodies()).containsExactly("1:a");
	}

	@Test
	void endsTheShardWhenItsLastRecordIsSettled() {
		this.bench.give("1:a", "2:b");
		this.bench.ack("2:b");
		CompletableFuture<Void> end = this.bench.end();
		Awaitility.await().during(Duration.ofMillis(300)).until(() -> !end.isDone());
		assertThat(this.bench.checkpointer().hasEnd()).isFalse();
		this.bench.ack("1:a");
		assertThat(end).succeedsWithin(PATIENCE);
		assertThat(this.bench.lease().checkpoints()).containsExactly("SHARD_END");
	}

	@Test
	void endsAShardOfWhichAllIsCheckpointed() {
		this.bench.give("1:a");
		this.bench.ack("1:a");
		this.bench.pass(SECOND);
		assertThat(this.bench.end()).succeedsWithin(PATIENCE);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0", "SHARD_END");
	}

	@Test
	void endsAShardWithoutRecords() {
		assertThat(this.bench.end()).succeedsWithin(PATIENCE);
		assertThat(this.bench.lease().checkpoints()).containsExactly("SHARD_END");
	}

	@Test
	void whenThrottledAtTheEndOfTheShardTriesAgain() {
		this.bench.lease().throttle(2);
		assertThat(this.bench.end()).succeedsWithin(PATIENCE);
		assertThat(this.bench.checkpointer().hasEnd()).isTrue();
	}

	@Test
	void whenTheLeaseIsLostAtTheEndOfTheShardDoesNotEndIt() {
		this.bench.give("1:a");
		CompletableFuture<Void> end = this.bench.end();
		this.bench.lease().lose();
		assertThat(end).succeedsWithin(PATIENCE);
		assertThat(this.bench.lease().checkpoints()).isEmpty();
	}

	@Test
	void whenStoppedAtTheEndOfTheShardDoesNotEndIt() {
		this.bench.give("1:a", "2:b");
		this.bench.ack("1:a");
		CompletableFuture<Void> end = this.bench.end();
		this.bench.shards().stop(Duration.ZERO);
		assertThat(end).succeedsWithin(PATIENCE);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0");
	}

	@Test
	void handsOverOneRecordOfAKeyAtATime() {
		this.bench.give("1:a", "2:a", "3:b");
		assertThat(this.bench.bodies()).containsExactly("1:a", "3:b");
		this.bench.ack("1:a");
		assertThat(this.bench.bodies()).containsExactly("1:a", "3:b", "2:a");
	}

	@Test
	void whenNackedTriesAgainBeforeTheLaterRecordsOfTheKeyWhileOthersGoOn() {
		this.bench.give("1:a", "2:a", "3:b");
		this.bench.nack("1:a");
		this.bench.ack("3:b");
		this.bench.give("4:b");
		assertThat(this.bench.bodies()).containsExactly("1:a", "3:b", "4:b");
		this.bench.clock().advance(Duration.ofSeconds(10));
		assertThat(this.bench.bodies()).containsExactly("1:a", "3:b", "4:b", "1:a");
		assertThat(this.bench.delivery("1:a")).hasAttempt(2);
		this.bench.ack("1:a");
		assertThat(this.bench.bodies()).endsWith("2:a");
	}

	@Test
	void whenNackedKeepsTheCheckpointBeforeIt() {
		this.bench.give("1:a", "2:b", "3:c");
		this.bench.nack("2:b");
		this.bench.ack("1:a", "3:c");
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0");
	}

	@Test
	void whenNackedTakesNoSlotWhileItWaits() {
		ShardBench full = new ShardBench((options) -> options.concurrency(1).maxPrefetch(0));
		CompletableFuture<Void> given = full.giveInBackground("1:a", "2:b");
		full.awaitBodies("1:a");
		full.nack("1:a");
		full.awaitBodies("1:a", "2:b");
		assertThat(given).succeedsWithin(PATIENCE);
	}

	@Test
	void whenTheTimeForRetriesIsOverNextAttemptIsOneTooMany() {
		ShardBench bounded = new ShardBench((options) -> options.maxAttempts(7)
			.maxRetryTime(Duration.ofSeconds(15))
			.backoff(BackoffPolicy.fixed(Duration.ofSeconds(10))));
		bounded.give("1:a");
		bounded.nack("1:a");
		bounded.clock().advance(Duration.ofSeconds(10));
		assertThat(bounded.delivery("1:a")).hasAttempt(2);
		bounded.nack("1:a");
		bounded.clock().advance(Duration.ofSeconds(5));
		assertThat(bounded.bodies()).hasSize(3);
		assertThat(bounded.delivery("1:a")).hasAttempt(8);
	}

	@Test
	void whenALongDelayIsAskedForEndsItWithTheTimeForRetries() {
		ShardBench bounded = new ShardBench((options) -> options.maxRetryTime(Duration.ofSeconds(15)));
		bounded.give("1:a");
		bounded.delivery("1:a").begin();
		bounded.delivery("1:a").nack(Duration.ofHours(12));
		bounded.clock().advance(Duration.ofSeconds(15));
		assertThat(bounded.bodies()).containsExactly("1:a", "1:a");
	}

	@Test
	void whenReleasedCountsNoAttemptUntilTheTimeForRetriesIsOver() {
		ShardBench bounded = new ShardBench((options) -> options.maxRetryTime(Duration.ofSeconds(15)));
		bounded.give("1:a");
		bounded.delivery("1:a").release(null);
		bounded.clock().advance(Duration.ofSeconds(10));
		assertThat(bounded.delivery("1:a")).hasAttempt(1);
		bounded.delivery("1:a").release(null);
		bounded.clock().advance(Duration.ofSeconds(5));
		assertThat(bounded.delivery("1:a")).hasAttempt(6);
	}

	@Test
	void whenAbandonedTriesAgainAndKeepsTheSlotUntilTheWorkEnds() {
		this.bench.give("1:a");
		Delivery stuck = this.bench.delivery("1:a");
		stuck.begin();
		assertThat(stuck.abandon()).isTrue();
		this.bench.clock().advance(Duration.ofSeconds(10));
		assertThat(this.bench.delivery("1:a")).hasAttempt(2);
		assertThat(this.bench.shards().room().used()).isEqualTo(2);
		stuck.ack();
		assertThat(this.bench.shards().room().used()).isOne();
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).isEmpty();
		this.bench.ack("1:a");
		this.bench.pass(SECOND);
		assertThat(this.bench.lease().checkpoints()).containsExactly("1:0");
	}

	@Test
	void isHeldUpByARecordThatKeepsFailing() {
		this.bench.give("1:a");
		this.bench.nack("1:a");
		assertThat(this.bench.shards().isHeldUp()).isFalse();
		this.bench.clock().advance(Duration.ofMinutes(1));
		assertThat(this.bench.shards().isHeldUp()).isTrue();
		this.bench.ack("1:a");
		assertThat(this.bench.shards().isHeldUp()).isFalse();
	}

	@Test
	void isHeldUpWhenItIsFullBehindARecordThatFails() {
		ShardBench full = new ShardBench((options) -> options.maxOpen(2));
		full.give("1:a", "2:b");
		assertThat(full.shards().isHeldUp()).isFalse();
		full.nack("1:a");
		assertThat(full.shards().isHeldUp()).isTrue();
	}

	@Test
	void tellsWhatIsReceivedAndNotCheckpointed() {
		this.bench.give("1:a", "2:b", "3:c");
		this.bench.ack("1:a", "3:c");
		assertThat(this.bench.shard().uncheckpointed()).isEqualTo(3);
		this.bench.pass(SECOND);
		assertThat(this.bench.shard().uncheckpointed()).isEqualTo(2);
		assertThat(this.bench.shard().millisBehindLatest()).isEqualTo(1234);
	}

	@Test
	void neverThrows() {
		this.bench.process(Collections.singletonList(null));
		assertThat(this.bench.bodies()).isEmpty();
		this.bench.give("1:a");
		assertThat(this.bench.bodies()).isEmpty();
	}

}
