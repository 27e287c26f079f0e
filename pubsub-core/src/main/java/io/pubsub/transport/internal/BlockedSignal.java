package io.pubsub.transport.internal;

import java.util.function.BooleanSupplier;

import io.pubsub.transport.Receiver;

/**
 * Tells a receiver when its source becomes blocked and when it no longer is: of many
 * changes at the same moment, the last one that is told is the one that holds.
 * <p>
 * Safe for use by many threads.
 */
public final class BlockedSignal {

	private final Pump pump = new Pump(this::tellOfChange);

	private final Receiver receiver;

	private final BooleanSupplier blocked;

	private boolean told;

	/**
	 * Makes a signal that has told nothing.
	 * @param receiver the receiver
	 * @param blocked the state of the source, which may take locks of its own
	 */
	public BlockedSignal(Receiver receiver, BooleanSupplier blocked) {
		this.receiver = receiver;
		this.blocked = blocked;
	}

	/**
	 * Looks whether there is something to tell. Call it after every change of the state,
	 * and without a lock.
	 */
	public void changed() {
		this.pump.run();
	}

	private void tellOfChange() {
		boolean now = this.blocked.getAsBoolean();
		if (now != this.told) {
			this.told = now;
			if (now) {
				this.receiver.blocked();
			}
			else {
				this.receiver.unblocked();
			}
		}
	}

}
