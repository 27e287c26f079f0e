package io.pubsub.transport.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BlockedSignal}.
 */
class BlockedSignalTests {

	private final List<String> told = new ArrayList<>();

	private final AtomicBoolean blocked = new AtomicBoolean();

	private Runnable whenBlocked = () -> {
	};

	private final BlockedSignal signal = new BlockedSignal(new ToldReceiver(), this.blocked::get);

	@Test
	void tellsOfChangesOnly() {
		this.signal.changed();
		change(true);
		change(true);
		change(false);
		change(false);
		assertThat(this.told).containsExactly("blocked", "unblocked");
	}

	@Test
	void tellsOfAChangeThatTheReceiverCauses() {
		this.whenBlocked = () -> change(false);
		change(true);
		assertThat(this.told).containsExactly("blocked", "unblocked");
	}

	private void change(boolean blocked) {
		this.blocked.set(blocked);
		this.signal.changed();
	}

	private final class ToldReceiver implements Receiver {

		@Override
		public void receive(Delivery delivery) {
		}

		@Override
		public void blocked() {
			BlockedSignalTests.this.told.add("blocked");
			BlockedSignalTests.this.whenBlocked.run();
		}

		@Override
		public void unblocked() {
			BlockedSignalTests.this.told.add("unblocked");
		}

	}

}
