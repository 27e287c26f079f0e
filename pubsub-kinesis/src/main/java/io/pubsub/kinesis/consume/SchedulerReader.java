package io.pubsub.kinesis.consume;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.Lease;

/**
 * {@link StreamReader} that is the scheduler of the Kinesis Client Library.
 */
final class SchedulerReader implements StreamReader {

	private final Scheduler scheduler;

	private final long failoverNanos;

	/**
	 * Makes a reader.
	 * @param scheduler the scheduler, which does not run
	 * @param failoverNanos the time for which a lease is held unless it is renewed
	 */
	SchedulerReader(Scheduler scheduler, long failoverNanos) {
		this.scheduler = scheduler;
		this.failoverNanos = failoverNanos;
	}

	@Override
	public void run() {
		this.scheduler.run();
	}

	@Override
	public ShardLease lease(String shard) {
		Lease now = held(shard);
		UUID token = (now != null) ? now.concurrencyToken() : null;
		return () -> hold(held(shard), token);
	}

	private @Nullable Lease held(String shard) {
		return this.scheduler.leaseCoordinator().getCurrentlyHeldLease(shard);
	}

	// One that was lost and taken anew has another token, and another processor.
	private ShardLease.@Nullable Hold hold(@Nullable Lease lease, @Nullable UUID token) {
		if (lease == null || !lease.concurrencyToken().equals(token)) {
			return null;
		}
		return new ShardLease.Hold(lease.lastCounterIncrementNanos() + this.failoverNanos, lease.shutdownRequested());
	}

	@Override
	public CompletableFuture<?> stopGracefully() {
		return this.scheduler.startGracefulShutdown();
	}

	@Override
	public void stop() {
		if (!this.scheduler.shutdownComplete()) {
			this.scheduler.shutdown();
		}
	}

}
