package io.pubsub.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ConsumerDaemon}.
 */
class ConsumerDaemonTests {

	private static final Duration DRAIN = Duration.ofSeconds(5);

	private final List<String> events = new CopyOnWriteArrayList<>();

	private final FakeSource source = new FakeSource();

	private final FakeReceiver receiver = new FakeReceiver();

	private final ConsumerDaemon daemon = new ConsumerDaemon(this.source, this.receiver, DRAIN);

	@Test
	void opensTheReceiverBeforeTheSourceStarts() {
		this.daemon.start();
		assertThat(this.events).containsExactly("open", "start");
	}

	@Test
	void drainsTheReceiverBeforeTheSourceStopsAndClosesItAfterwards() {
		this.daemon.start();
		this.events.clear();
		this.daemon.stop();
		assertThat(this.events).containsExactly("drain", "stop", "close");
	}

	@Test
	void stopsEverythingByOneDeadline() {
		this.daemon.start();
		this.daemon.stop();
		assertThat(this.receiver.drain).isEqualTo(DRAIN);
		assertThat(this.source.drain).isPositive().isLessThanOrEqualTo(DRAIN);
		assertThat(this.receiver.close).isLessThanOrEqualTo(this.source.drain);
	}

	@Test
	void leavesTheReceiverNoTimeThatTheSourceHasUsedUp() {
		ConsumerDaemon impatient = new ConsumerDaemon(this.source, this.receiver, Duration.ZERO);
		impatient.start();
		impatient.stop();
		assertThat(this.source.drain).isZero();
		assertThat(this.receiver.close).isNegative();
	}

	@Test
	void closesTheReceiverWhenTheSourceDoesNotStart() {
		this.source.failure = new IllegalStateException("no such queue");
		assertThatIllegalStateException().isThrownBy(this.daemon::start).withMessage("no such queue");
		assertThat(this.daemon.isRunning()).isFalse();
		assertThat(this.events).containsExactly("open", "close");
	}

	@Test
	void startsOnceAndStopsOnce() {
		this.daemon.start();
		this.daemon.start();
		assertThat(this.daemon.isRunning()).isTrue();
		this.daemon.stop();
		this.daemon.stop();
		assertThat(this.daemon.isRunning()).isFalse();
		assertThat(this.events).containsExactly("open", "start", "drain", "stop", "close");
	}

	@Test
	void startsAgainAfterAStop() {
		this.daemon.start();
		this.daemon.stop();
		this.events.clear();
		this.daemon.start();
		assertThat(this.events).containsExactly("open", "start");
	}

	@Test
	void changesTheConcurrencyOfReceiverAndSource() {
		this.daemon.start();
		this.daemon.concurrency(4);
		assertThat(this.daemon.concurrency()).isEqualTo(4);
		assertThat(this.events).endsWith("receiver concurrency 4", "concurrency 4");
	}

	@Test
	void keepsAChangedConcurrencyForItsNextStart() {
		this.daemon.concurrency(3);
		this.daemon.start();
		assertThat(this.events).containsExactly("receiver concurrency 3", "open", "start", "concurrency 3");
	}

	@Test
	void pausesAndResumesTheSource() {
		this.daemon.start();
		this.daemon.pause();
		this.daemon.resume();
		assertThat(this.events).endsWith("start", "pause", "resume");
	}

	@Test
	void limitsTheSourceToTheLowestOfAllLimits() {
		this.daemon.start();
		this.daemon.limit("one", 2);
		this.daemon.limit("other", 3);
		this.daemon.limit("one", 4);
		this.daemon.resume("other");
		this.daemon.resume("one");
		assertThat(this.events).endsWith("start", "limit 2", "limit 3", "limit 4", "resume");
	}

	@Test
	void pausesInSpiteOfALimitAndKeepsItAfterwards() {
		this.daemon.start();
		this.daemon.limit("one", 2);
		this.daemon.pause();
		this.daemon.resume();
		assertThat(this.events).endsWith("start", "limit 2", "pause", "limit 2");
	}

	@Test
	void startsWithTheLimitThatHolds() {
		this.daemon.limit("one", 2);
		this.daemon.start();
		assertThat(this.events).containsExactly("open", "start 2");
	}

	@Test
	void noticesALimitThatEndsWhileItStarts() {
		this.daemon.limit("one", 0);
		this.source.whileStarting = () -> this.daemon.resume("one");
		this.daemon.start();
		assertThat(this.events).containsExactly("open", "start 0", "resume");
	}

	@Test
	void tellsHowTheSourceIsDoing() {
		this.daemon.start();
		assertThat(this.daemon.state()).isEqualTo(Subscription.State.RECEIVING);
		assertThat(this.daemon.inFlight()).isEqualTo(3);
	}

	@Test
	void isStoppedAndIdleWhileItIsNotRunning() {
		this.daemon.pause();
		this.daemon.resume();
		assertThat(this.daemon.state()).isEqualTo(Subscription.State.STOPPED);
		assertThat(this.daemon.inFlight()).isZero();
		assertThat(this.events).isEmpty();
	}

	@Test
	void makesProgressWhenTheReceiverDoes() {
		this.daemon.start();
		Instant before = this.daemon.lastProgress();
		assertThat(before).isAfter(Instant.EPOCH);
		this.receiver.host.progressed();
		assertThat(this.daemon.lastProgress()).isAfterOrEqualTo(before);
	}

	@Test
	void pausesWhenTheReceiverHalts() {
		this.daemon.start();
		this.receiver.halt("too many dead letters");
		assertThat(this.events).endsWith("start", "pause");
		assertThat(this.receiver.halted).isTrue();
		assertThat(this.daemon.haltReason()).isEqualTo("too many dead letters");
		assertThat(this.daemon.isRunning()).isTrue();
	}

	@Test
	void pausesWhenTheReceiverHaltsWhileTheSourceStarts() {
		this.source.whileStarting = () -> this.receiver.halt("too many dead letters");
		this.daemon.start();
		assertThat(this.events).containsExactly("open", "start", "pause");
	}

	@Test
	void doesNotPauseForAReasonThatIsGone() {
		this.daemon.start();
		assertThat(this.receiver.host.halted()).isFalse();
		assertThat(this.events).containsExactly("open", "start");
	}

	@Test
	void goesOnAfterAHaltWhenItIsResumed() {
		this.daemon.start();
		this.receiver.halt("too many dead letters");
		this.daemon.resume();
		assertThat(this.daemon.haltReason()).isNull();
		assertThat(this.events).endsWith("pause", "resume");
	}

	@Test
	void hasNotHaltedWhileItIsNotRunning() {
		this.daemon.start();
		this.receiver.halt("too many dead letters");
		this.daemon.stop();
		assertThat(this.daemon.haltReason()).isNull();
	}

	private final class FakeReceiver implements Receiver {

		private Host host = Host.NONE;

		private @Nullable String haltReason;

		private boolean halted;

		private @Nullable Integer concurrency;

		private @Nullable Duration drain;

		private @Nullable Duration close;

		void halt(String reason) {
			this.haltReason = reason;
			this.halted = this.host.halted();
		}

		@Override
		public void receive(Delivery delivery) {
		}

		@Override
		public void open(Host host) {
			ConsumerDaemonTests.this.events.add("open");
			this.host = host;
		}

		@Override
		public void concurrency(int concurrency) {
			ConsumerDaemonTests.this.events.add("receiver concurrency " + concurrency);
			this.concurrency = concurrency;
		}

		@Override
		public @Nullable Integer concurrency() {
			return this.concurrency;
		}

		@Override
		public void drain(Duration within) {
			ConsumerDaemonTests.this.events.add("drain");
			this.drain = within;
		}

		@Override
		public void close(Duration within) {
			ConsumerDaemonTests.this.events.add("close");
			this.close = within;
		}

		@Override
		public @Nullable String haltReason() {
			return this.haltReason;
		}

		@Override
		public void resume() {
			this.haltReason = null;
		}

	}

	private final class FakeSource implements Source, Subscription {

		private @Nullable Duration drain;

		private @Nullable RuntimeException failure;

		private Runnable whileStarting = () -> {
		};

		@Override
		public Subscription start(Receiver receiver) {
			return start(receiver, Integer.MAX_VALUE);
		}

		@Override
		public Subscription start(Receiver receiver, int limit) {
			if (this.failure != null) {
				throw this.failure;
			}
			ConsumerDaemonTests.this.events.add((limit < Integer.MAX_VALUE) ? "start " + limit : "start");
			this.whileStarting.run();
			return this;
		}

		@Override
		public void limit(int messages) {
			if (messages == 0 || messages == Integer.MAX_VALUE) {
				Subscription.super.limit(messages);
			}
			else {
				ConsumerDaemonTests.this.events.add("limit " + messages);
			}
		}

		@Override
		public void pause() {
			ConsumerDaemonTests.this.events.add("pause");
		}

		@Override
		public void resume() {
			ConsumerDaemonTests.this.events.add("resume");
		}

		@Override
		public void concurrency(int concurrency) {
			ConsumerDaemonTests.this.events.add("concurrency " + concurrency);
		}

		@Override
		public void stop(Duration drain) {
			ConsumerDaemonTests.this.events.add("stop");
			this.drain = drain;
		}

		@Override
		public CompletionStage<Void> exhausted() {
			return new CompletableFuture<>();
		}

		@Override
		public State state() {
			return State.RECEIVING;
		}

		@Override
		public int inFlight() {
			return 3;
		}

	}

}
