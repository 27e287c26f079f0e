package io.pubsub.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The {@link Delivery} that the sources of this library hand over: it makes sure that
 * there is one settlement, and leaves carrying it out to its source's {@link Settler}.
 */
public final class TrackedDelivery implements Delivery {

	private final InboundMessage message;

	private final int attempt;

	private final Settler settler;

	private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);

	private final CompletableFuture<Settlement> settled = new CompletableFuture<>();

	/**
	 * Makes a delivery that nobody has begun.
	 * @param message the message
	 * @param attempt which delivery of the message this is; less than 1 counts as 1
	 * @param settler what carries out the settlement
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
		if (!this.stage.compareAndSet(Stage.WAITING, Stage.BEGUN)) {
			return false;
		}
		this.settler.begun(this);
		return true;
	}

	@Override
	public void ack() {
		if (settle()) {
			this.settler.ack(this);
		}
	}

	@Override
	public void nack(@Nullable Duration delay) {
		if (settle()) {
			this.settler.nack(this, delay);
		}
	}

	@Override
	public void reject() {
		if (settle()) {
			this.settler.reject(this);
		}
	}

	/**
	 * Takes the delivery back, if nobody has begun it.
	 * @return {@code true} if it was taken back: nobody will begin or settle it any more
	 */
	public boolean takeBack() {
		return this.stage.compareAndSet(Stage.WAITING, Stage.SETTLED);
	}

	/**
	 * Says that the settlement was carried out.
	 * @param settlement how
	 */
	public void complete(Settlement settlement) {
		this.settled.complete(settlement);
	}

	/**
	 * Whether somebody has begun and not yet settled the delivery.
	 * @return {@code true} while the work is being done
	 */
	public boolean isBegun() {
		return this.stage.get() == Stage.BEGUN;
	}

	@Override
	public CompletionStage<Settlement> settled() {
		return this.settled.minimalCompletionStage();
	}

	private boolean settle() {
		return this.stage.getAndSet(Stage.SETTLED) != Stage.SETTLED;
	}

	@Override
	public String toString() {
		return "Delivery[" + this.message.id() + ", attempt " + this.attempt + ", " + this.stage + "]";
	}

	private enum Stage {

		WAITING, BEGUN, SETTLED

	}

	/**
	 * Carries out how deliveries are settled. Each method is called at most once for a
	 * delivery, must not block, and must see to it that
	 * {@link TrackedDelivery#complete(Settlement)} is called in the end.
	 */
	public interface Settler {

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
		 * A delivery was handed back.
		 * @param delivery the delivery
		 * @param delay the delay that was asked for; {@code null} for that of the policy
		 */
		void nack(TrackedDelivery delivery, @Nullable Duration delay);

		/**
		 * A delivery was handed back that no later one can mend. By default it is treated
		 * like any other that was handed back.
		 * @param delivery the delivery
		 */
		default void reject(TrackedDelivery delivery) {
			nack(delivery, null);
		}

	}

}
