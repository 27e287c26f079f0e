package io.pubsub.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.pubsub.internal.LogText;
import io.pubsub.internal.RetryDelay;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Delivery} that the sources of this library hand over: it makes sure that
 * there is one settlement, and leaves carrying it out to its source's {@link Settler}.
 *
 * @since 0.1.0
 */
public final class TrackedDelivery implements Delivery {

	private final InboundMessage message;

	private final int attempt;

	private final Settler settler;

	private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

	private final CompletableFuture<Settlement> settled = new CompletableFuture<>();

	private final AtomicReference<@Nullable Runnable> lossAction = new AtomicReference<>();

	/**
	 * Makes a delivery that nobody has begun.
	 * @param message the message
	 * @param attempt the number of this delivery of the message; less than 1 counts as 1
	 * @param settler the settler, which carries out the settlement
	 */
	public TrackedDelivery(InboundMessage message, int attempt, Settler settler) {
		this.message = message;
		this.attempt = Math.max(attempt, 1);
		this.settler = settler;
	}

	@Override
	public InboundMessage message() {
		return this.message;
	}

	@Override
	public int attempt() {
		return this.attempt;
	}

	@Override
	public boolean begin() {
		this.settler.checkHold(this);
		if (!this.stage.compareAndSet(Stage.WAITING, Stage.BEGUN)) {
			return false;
		}
		this.settler.begun(this);
		return true;
	}

	@Override
	public void park() {
		if (this.stage.compareAndSet(Stage.WAITING, Stage.PARKED)) {
			this.settler.parked(this);
		}
	}

	@Override
	public boolean unpark() {
		if (!this.stage.compareAndSet(Stage.PARKED, Stage.WAITING)) {
			return false;
		}
		this.settler.unparked(this);
		return true;
	}

	/**
	 * Whether the delivery waits to be begun, and for no other one.
	 * @return {@code true} if so at this moment
	 */
	public boolean isWaiting() {
		return this.stage.get() == Stage.WAITING;
	}

	@Override
	public void ack() {
		if (settle()) {
			this.settler.ack(this);
		}
	}

	@Override
	public void ackDeadLetter(String reason) {
		if (settle()) {
			this.settler.ackDeadLetter(this, reason);
		}
	}

	@Override
	public void nack(@Nullable Duration delay) {
		if (settle()) {
			this.settler.nack(this, RetryDelay.bounded(delay));
		}
	}

	@Override
	public void release(@Nullable Duration delay) {
		if (settle()) {
			this.settler.release(this, delay);
		}
	}

	@Override
	public void reject(String reason) {
		if (settle()) {
			this.settler.reject(this, reason);
		}
	}

	/**
	 * Takes the delivery back, if nobody has begun it.
	 * @return {@code true} if it was taken back: nobody will begin or settle it any more
	 */
	public boolean takeBack() {
		Stage before = this.stage.getAndUpdate((now) -> now.isBeforeBeginning() ? Stage.SETTLED : now);
		leaveParking(before);
		return before.isBeforeBeginning();
	}

	/**
	 * Takes the delivery away from whoever has begun it: the source could not keep the
	 * message. The slot of the delivery stays in use until
	 * {@link Settler#refused(TrackedDelivery)}.
	 * @return {@code false} if nobody has begun it, or if it was settled before
	 */
	public boolean lose() {
		if (!this.stage.compareAndSet(Stage.BEGUN, Stage.LOST)) {
			return false;
		}
		complete(Settlement.LOST);
		actOnLoss();
		return true;
	}

	@Override
	public boolean abandon() {
		if (!lose()) {
			return false;
		}
		this.settler.abandoned(this);
		return true;
	}

	@Override
	public boolean isLost() {
		this.settler.checkHold(this);
		Stage current = this.stage.get();
		return current == Stage.LOST || current == Stage.REFUSED;
	}

	@Override
	public void onLost(Runnable action) {
		this.lossAction.set(action);
		if (isLost()) {
			actOnLoss();
		}
	}

	private void actOnLoss() {
		Runnable action = this.lossAction.getAndSet(null);
		if (action != null) {
			action.run();
		}
	}

	/**
	 * Says that the settlement was carried out.
	 * @param settlement the settlement
	 */
	public void complete(Settlement settlement) {
		this.settled.complete(settlement);
	}

	@Override
	public CompletionStage<Settlement> settled() {
		return this.settled.minimalCompletionStage();
	}

	private boolean settle() {
		// Without a beginning there is no work that somebody else may be at as well.
		if (this.stage.get() == Stage.BEGUN) {
			this.settler.checkHold(this);
		}
		Stage before = this.stage.getAndUpdate(Stage::whenSettled);
		if (before == Stage.LOST) {
			this.settler.refused(this);
		}
		leaveParking(before);
		return before.isBeforeBeginning() || before == Stage.BEGUN;
	}

	private void leaveParking(Stage before) {
		if (before == Stage.PARKED) {
			this.settler.unparked(this);
		}
	}

	@Override
	public String toString() {
		return "Delivery[" + LogText.of(this.message.id()) + ", attempt " + this.attempt + ", " + this.stage + "]";
	}

	private enum Stage {

		PARKED, WAITING, BEGUN, SETTLED, LOST, REFUSED;

		boolean isBeforeBeginning() {
			return this == PARKED || this == WAITING;
		}

		Stage whenSettled() {
			return (this == LOST || this == REFUSED) ? REFUSED : SETTLED;
		}

	}

	/**
	 * Carries out how deliveries are settled. Each method that settles is called at most
	 * once for a delivery, must not block, and must see to it that
	 * {@link TrackedDelivery#complete(Settlement)} is called in the end.
	 */
	public interface Settler {

		/**
		 * Somebody is about to rely on a delivery: to begin it, to settle it after that,
		 * or to ask whether it is lost. A source whose hold on a message ends at some
		 * time looks at its clock here, and takes away with
		 * {@link TrackedDelivery#takeBack()} or {@link TrackedDelivery#lose()} what is
		 * past it: a timer that should do so is late when the process was paused. Called
		 * as often as anybody asks, from any thread. By default a hold does not end.
		 * @param delivery the delivery
		 */
		default void checkHold(TrackedDelivery delivery) {
		}

		/**
		 * A delivery that nobody has begun is parked. By default it keeps its place.
		 * @param delivery the delivery
		 */
		default void parked(TrackedDelivery delivery) {
		}

		/**
		 * A delivery is no longer parked: it goes on, or is about to be settled or taken
		 * back.
		 * @param delivery the delivery
		 */
		default void unparked(TrackedDelivery delivery) {
		}

		/**
		 * The work on a delivery has begun.
		 * @param delivery the delivery
		 */
		default void begun(TrackedDelivery delivery) {
		}

		/**
		 * A delivery was acknowledged.
		 * @param delivery the delivery
		 */
		void ack(TrackedDelivery delivery);

		/**
		 * A delivery was acknowledged, because its message has become a dead letter. By
		 * default it is treated like any other that was acknowledged.
		 * @param delivery the delivery
		 * @param reason the code of the reason why the message can never be handled
		 */
		default void ackDeadLetter(TrackedDelivery delivery, String reason) {
			ack(delivery);
		}

		/**
		 * A delivery was handed back.
		 * @param delivery the delivery
		 * @param delay the delay that was asked for, from zero to 12 hours; {@code null}
		 * for that of the policy
		 */
		void nack(TrackedDelivery delivery, @Nullable Duration delay);

		/**
		 * A delivery was handed back that was not tried. By default it is treated like
		 * any other that was handed back.
		 * @param delivery the delivery
		 * @param delay the delay that was asked for; {@code null} for that of the policy
		 */
		default void release(TrackedDelivery delivery, @Nullable Duration delay) {
			nack(delivery, delay);
		}

		/**
		 * Somebody wanted to settle a delivery that was lost: the work on it has ended.
		 * Nothing is to be carried out.
		 * @param delivery the delivery
		 */
		default void refused(TrackedDelivery delivery) {
		}

		/**
		 * A delivery was given up, and so lost, by whoever watches over the work on it,
		 * which goes on until {@link #refused(TrackedDelivery)}. By default the message
		 * is handed back at once, as if the work had ended.
		 * @param delivery the delivery
		 */
		default void abandoned(TrackedDelivery delivery) {
			nack(delivery, null);
		}

		/**
		 * A delivery was handed back that no later one can mend. By default it is treated
		 * like any other that was handed back.
		 * @param delivery the delivery
		 * @param reason the code of the reason why the message can never be handled
		 */
		default void reject(TrackedDelivery delivery, String reason) {
			nack(delivery, null);
		}

	}

}
