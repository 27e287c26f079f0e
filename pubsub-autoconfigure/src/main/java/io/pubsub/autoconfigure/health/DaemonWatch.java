package io.pubsub.autoconfigure.health;

import java.time.Duration;
import java.util.Locale;

import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DeadLetterLimit;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a {@link ConsumerDaemon} is doing, a standstill included.
 *
 * @param daemon the daemon
 * @param stuckAfter the time for which messages may be in flight without progress
 * @param limit the limit of dead letters, if there is one
 * @since 0.1.0
 */
public record DaemonWatch(ConsumerDaemon daemon, Duration stuckAfter, @Nullable DeadLetterLimit limit) {

	/**
	 * Returns the condition of the daemon at this moment.
	 * @return the condition
	 */
	public Condition condition() {
		if (this.daemon.isStuck(this.stuckAfter)) {
			return Condition.STUCK;
		}
		if (this.daemon.haltReason() != null) {
			return Condition.HALTED;
		}
		return switch (this.daemon.state()) {
			case RECEIVING -> Condition.RECEIVING;
			case BACKING_OFF -> Condition.BACKING_OFF;
			case PAUSED -> Condition.PAUSED;
			case STOPPED -> Condition.STOPPED;
		};
	}

	/**
	 * Returns the property that sets the limit of dead letters which has halted the
	 * daemon.
	 * @return the name of the property; {@code null} if no limit is exceeded
	 */
	public @Nullable String haltProperty() {
		DeadLetterLimit.Kind exceeded = (this.limit != null) ? this.limit.exceededKind() : null;
		if (exceeded == null) {
			return null;
		}
		return switch (exceeded) {
			case CONSECUTIVE -> "pubsub.dead-letter.max-consecutive";
			case RATIO -> "pubsub.dead-letter.max-invalid-ratio";
		};
	}

	/**
	 * What a daemon can be doing.
	 */
	public enum Condition {

		/** Asking for messages, or full. */
		RECEIVING,

		/** Waiting before it asks again, because asking failed. */
		BACKING_OFF,

		/** Not asking because it was told so. */
		PAUSED,

		/** Not asking because there were too many dead letters. */
		HALTED,

		/** Not started, at the end of its source, or stopped. */
		STOPPED,

		/** Has messages in flight and makes no progress. */
		STUCK;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT).replace('_', ' ');
		}

	}

}
