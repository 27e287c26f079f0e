package io.pubsub.source;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Permission}.
 */
class PermissionTests {

	private final ReentrantLock lock = new ReentrantLock();

	private final Permission permission = Permission.holding(this.lock);

	@Test
	void isGivenWhileItsLockIsHeld() {
		assertThat(this.permission.isGiven()).isTrue();
		assertThat(this.permission.isGiven()).isTrue();
		assertThat(this.lock.getHoldCount()).isOne();
	}

	@Test
	void isNotGivenWhileAnotherOneHoldsTheLock() {
		CompletableFuture.runAsync(this.lock::lock).join();
		assertThat(this.permission.isGiven()).isFalse();
		this.permission.end();
		assertThat(this.lock.isLocked()).isTrue();
	}

	@Test
	void givesTheLockUpAtItsEnd() {
		this.permission.isGiven();
		this.permission.end();
		this.permission.end();
		assertThat(this.lock.isLocked()).isFalse();
	}

	@Test
	void endsWithALockThatHasExpired() {
		ExpiringLock expiring = new ExpiringLock();
		Permission lost = Permission.holding(expiring);
		assertThat(lost.isGiven()).isTrue();
		expiring.expired = true;
		assertThat(lost.isGiven()).isFalse();
		expiring.expired = false;
		assertThat(lost.isGiven()).isTrue();
		assertThat(expiring.held).isOne();
	}

	private static final class ExpiringLock implements Lock {

		private boolean expired;

		private int held;

		@Override
		public boolean tryLock() {
			this.held += this.expired ? 0 : 1;
			return !this.expired;
		}

		@Override
		public void unlock() {
			this.held--;
			if (this.expired) {
				throw new IllegalStateException("expired");
			}
		}

		@Override
		public void lock() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void lockInterruptibly() {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean tryLock(long time, TimeUnit unit) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Condition newCondition() {
			throw new UnsupportedOperationException();
		}

	}

}
