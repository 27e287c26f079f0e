package io.pubsub.pipeline;

import java.util.Objects;

import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Joint}.
 */
class JointTests {

	private static final Failure FAILED = Failure.of(new IllegalStateException("expected"));

	private final TestRun test = new TestRun();

	private final TrackedDelivery first = this.test.delivery();

	private final TrackedDelivery second = this.test.delivery();

	private final Origin firstOrigin = this.test.origin(this.first);

	private final Origin secondOrigin = this.test.origin(this.second);

	@AfterEach
	void close() {
		this.test.close();
	}

	@Test
	void holdsEachMemberUntilItsLastLeafHasEnded() {
		Joint joint = join(this.firstOrigin, this.secondOrigin);
		joint.fork(1);
		joint.end(1);
		assertThat(this.test.settlements()).isZero();
		joint.end(1);
		assertThat(this.first.settled()).isCompletedWithValue(Settlement.ACKED);
		assertThat(this.second.settled()).isCompletedWithValue(Settlement.ACKED);
	}

	@Test
	void endsEachElementOfAMessage() {
		this.firstOrigin.fork(3);
		join(this.firstOrigin, this.firstOrigin, this.secondOrigin, this.firstOrigin).end(1);
		assertThat(this.first.settled()).isNotCompleted();
		this.firstOrigin.end(1);
		assertThat(this.first.settled()).isCompleted();
	}

	@Test
	void failsAllOfItsMembers() {
		Joint joint = join(this.firstOrigin, this.secondOrigin);
		joint.note(FAILED);
		joint.end(1);
		assertThat(this.first.settled()).isCompletedWithValue(Settlement.NACKED);
		assertThat(this.second.settled()).isCompletedWithValue(Settlement.NACKED);
	}

	@Test
	void leavesOutAMemberThatWasTakenOut() {
		Joint joint = join(this.firstOrigin, this.secondOrigin);
		Lineage out = Objects.requireNonNull(joint.release(0));
		assertThat(joint.release(0)).isNull();
		joint.note(FAILED);
		joint.end(1);
		assertThat(this.first.settled()).isNotCompleted();
		out.end(1);
		assertThat(this.first.settled()).isCompletedWithValue(Settlement.ACKED);
		assertThat(this.second.settled()).isCompletedWithValue(Settlement.NACKED);
	}

	@Test
	void isOverWhenAllOfItsMembersAre() {
		Joint joint = join(this.firstOrigin, this.secondOrigin);
		this.firstOrigin.note(FAILED);
		assertThat(joint.isOver()).isFalse();
		this.secondOrigin.note(FAILED);
		assertThat(joint.isOver()).isTrue();
	}

	@Test
	void isLostWhenAllOfItsMembersAre() {
		Joint joint = join(this.firstOrigin, this.secondOrigin);
		this.first.lose();
		assertThat(joint.isLost()).isFalse();
		this.second.lose();
		assertThat(joint.isLost()).isTrue();
	}

	@Test
	void hasLostNothingIfAllHaveLeft() {
		Joint joint = join(this.firstOrigin);
		joint.release(0);
		assertThat(joint.isLost()).isFalse();
	}

	@Test
	void knowsTheMessagesOfBatchesOfBatches() {
		Joint inner = join(this.firstOrigin, this.firstOrigin);
		assertThat(Joint.origins(new Lineage[] { inner, this.secondOrigin })).containsExactly(this.firstOrigin,
				this.secondOrigin);
	}

	private Joint join(@Nullable Lineage... members) {
		return new Joint(members, this.test.run());
	}

}
