package io.pubsub.aws.sqs;

import org.jspecify.annotations.Nullable;

/**
 * The signal that something has changed which may make a receive due. Whoever has changed
 * it runs this, without a lock; it does nothing until it is connected.
 */
final class ChangeSignal implements Runnable {

	private volatile @Nullable Runnable listener;

	void connect(Runnable listener) {
		this.listener = listener;
	}

	@Override
	public void run() {
		Runnable connected = this.listener;
		if (connected != null) {
			connected.run();
		}
	}

}
