package io.pubsub.benchmarks.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The tap of the messages: as many as may be in flight at first, then one for each that
 * is acknowledged, on the thread that acknowledges. Safe for use by many threads.
 */
public final class Tap {

	private final AtomicInteger next = new AtomicInteger();

	private final int total;

	private final int inFlight;

	private final IntConsumer acknowledgement;

	private volatile IntConsumer receiver = (sequence) -> {
		throw new IllegalStateException("the tap is closed");
	};

	/**
	 * Make a tap, which is closed.
	 * @param total the number of messages that flow by themselves
	 * @param inFlight the most messages that may be unacknowledged at a time
	 * @param acknowledgement the consumer of the number of each acknowledged message
	 */
	public Tap(int total, int inFlight, IntConsumer acknowledgement) {
		this.total = total;
		this.inFlight = inFlight;
		this.acknowledgement = acknowledgement;
	}

	/**
	 * Return the most messages that may be unacknowledged at a time.
	 * @return the number
	 */
	int inFlight() {
		return this.inFlight;
	}

	/**
	 * Hand out the first messages.
	 * @param receiver the receiver of the numbers of messages, which must not block
	 */
	void open(IntConsumer receiver) {
		this.receiver = receiver;
		for (int i = 0; i < this.inFlight; i++) {
			handOut();
		}
	}

	/**
	 * Acknowledge a message, and hand out the next one. To be called once for each
	 * message, when all of its words are in finished batches.
	 * @param sequence the number of the message
	 */
	void acknowledge(int sequence) {
		this.acknowledgement.accept(sequence);
		handOut();
	}

	private void handOut() {
		int sequence = this.next.getAndIncrement();
		if (!isAlone(sequence)) {
			this.receiver.accept(sequence);
		}
	}

	/**
	 * Whether a message comes alone, so that there is room for others.
	 * @param sequence the number of the message
	 * @return {@code true} if it does not flow by itself
	 */
	boolean isAlone(int sequence) {
		return sequence >= this.total;
	}

	/**
	 * Hand out a message after the last of those that flow by themselves.
	 */
	public void handOutAlone() {
		this.receiver.accept(this.next.getAndIncrement());
	}

}
