package io.pubsub.source;

import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this instance may ask a feed, asked again every other second by the thread of
 * the source.
 */
interface Permission {

	/**
	 * Whether it may for now.
	 * @return {@code true} if so
	 */
	boolean isGiven();

	/**
	 * Gives it up: nothing of the feed is at work here any more.
	 */
	default void end() {
	}

	static Permission when(BooleanSupplier condition) {
		return condition::getAsBoolean;
	}

	static Permission holding(Lock lock) {
		return new Holding(lock);
	}

	/**
	 * Permission of the one who holds a lock. A lock of a registry may expire: to take it
	 * once more shows that it is still held, and renews it.
	 */
	final class Holding implements Permission {

		private static final Logger logger = LoggerFactory.getLogger(PullSource.class);

		private final Lock lock;

		private boolean held;

		Holding(Lock lock) {
			this.lock = lock;
		}

		@Override
		public boolean isGiven() {
			boolean taken = this.lock.tryLock();
			if (this.held && taken) {
				this.lock.unlock();
			}
			else if (this.held) {
				end();
			}
			this.held = taken;
			return taken;
		}

		// One that has expired may refuse to be unlocked.
		@Override
		public void end() {
			if (this.held) {
				this.held = false;
				try {
					this.lock.unlock();
				}
				catch (RuntimeException ex) {
					logger.debug("The lock {} was not held any more", this.lock, ex);
				}
			}
		}

	}

}
