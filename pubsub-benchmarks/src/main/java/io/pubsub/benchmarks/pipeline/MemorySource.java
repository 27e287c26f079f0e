package io.pubsub.benchmarks.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source that costs next to nothing. It is full from the first moment on: what is
 * settled makes room for the next message alone.
 */
final class MemorySource implements Source {

	private static final Logger logger = LoggerFactory.getLogger(MemorySource.class);

	private final Setup setup;

	MemorySource(Setup setup) {
		this.setup = setup;
	}

	@Override
	public Subscription start(Receiver receiver) {
		Tap tap = this.setup.tap();
		tap.open((sequence) -> receive(sequence, receiver));
		receiver.blocked();
		return new Running(tap.inFlight());
	}

	private void receive(int sequence, Receiver receiver) {
		Tap tap = this.setup.tap();
		if (tap.isAlone(sequence)) {
			receiver.unblocked();
		}
		receiver.receive(new TrackedDelivery(this.setup.messages().get(sequence), 1, new Settling(sequence, tap)));
	}

	/**
	 * The settlement of a message.
	 *
	 * @param sequence the number of the message
	 * @param tap the tap that it has come from
	 */
	private record Settling(int sequence, Tap tap) implements TrackedDelivery.Settler {

		@Override
		public void ack(TrackedDelivery delivery) {
			delivery.complete(Settlement.ACKED);
			this.tap.acknowledge(this.sequence);
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			logger.error("The message {} was handed back, and is lost", this.sequence);
			delivery.complete(Settlement.NACKED);
		}

	}

	/**
	 * The subscription, which cannot be changed.
	 *
	 * @param inFlight the number of messages in flight
	 */
	private record Running(int inFlight) implements Subscription {

		@Override
		public void pause() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void resume() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void concurrency(int concurrency) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void stop(Duration drain) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletionStage<Void> exhausted() {
			return new CompletableFuture<>();
		}

		@Override
		public State state() {
			return State.RECEIVING;
		}

	}

}
