package io.pubsub.console;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Samples, while the application runs, what can only be asked for.
 */
final class Sampler implements SmartLifecycle {

	private final Daemons daemons;

	private final List<Probe> probes;

	private final Gauges gauges;

	private final Timekeeper time;

	private final AtomicReference<@Nullable Timekeeper> running = new AtomicReference<>();

	Sampler(Daemons daemons, List<Probe> probes, Gauges gauges, Timekeeper time) {
		this.daemons = daemons;
		this.probes = List.copyOf(probes);
		this.gauges = gauges;
		this.time = time;
	}

	@Override
	public void start() {
		Timekeeper part = this.time.part();
		if (this.running.compareAndSet(null, part)) {
			sample(part);
		}
		else {
			part.close();
		}
	}

	private void sample(Timekeeper part) {
		part.after(Slots.LENGTH, () -> sample(part));
		long slot = Slots.at(this.time.now());
		for (ManagedDaemon daemon : this.daemons.all()) {
			this.gauges.set(inFlight(daemon.name()), slot, daemon.daemon().inFlight());
			this.probes.forEach((probe) -> probe.sample(daemon, slot));
		}
	}

	static String inFlight(String consumer) {
		return "in-flight/" + consumer;
	}

	@Override
	public void stop() {
		Timekeeper part = this.running.getAndSet(null);
		if (part != null) {
			part.close();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running.get() != null;
	}

	/**
	 * Samples something else of a daemon.
	 */
	@FunctionalInterface
	interface Probe {

		/**
		 * Takes a sample, without blocking.
		 * @param daemon the daemon
		 * @param slot the slot of the present
		 */
		void sample(ManagedDaemon daemon, long slot);

	}

}
