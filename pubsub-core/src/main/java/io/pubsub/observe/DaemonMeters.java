package io.pubsub.observe;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.transport.Subscription;

/**
 * Shows how a {@link ConsumerDaemon} is doing, whatever its receiver is.
 *
 * @param name the name of the daemon, which no other has: the value of the tag
 * @param daemon the daemon
 * @since 0.1.0
 */
public record DaemonMeters(String name, ConsumerDaemon daemon) {

	/**
	 * The name of the tag that tells the meters of one daemon from those of another.
	 */
	public static final String TAG = "daemon";

	/**
	 * Adds the gauges {@code pubsub.consumer.*}. As a method reference, this is a
	 * {@code MeterBinder}.
	 * @param registry the registry
	 */
	public void bindTo(MeterRegistry registry) {
		bind(registry, "in.flight", ConsumerDaemon::inFlight, "Messages that were handed over and are not settled");
		bind(registry, "paused", DaemonMeters::paused, "1 while no messages are asked for, by a pause or a halt");
		bind(registry, "concurrency", DaemonMeters::concurrency, "Messages that are handled at once at most");
		TimeGauge.builder("pubsub.consumer.idle", this.daemon, TimeUnit.MILLISECONDS, DaemonMeters::idleMillis)
			.description("Time since a message was last handed over, begun or settled, while some are in flight")
			.tag(TAG, this.name)
			.register(registry);
	}

	private void bind(MeterRegistry registry, String meter, ToDoubleFunction<ConsumerDaemon> value,
			String description) {
		Gauge.builder("pubsub.consumer." + meter, this.daemon, value)
			.description(description)
			.tag(TAG, this.name)
			.register(registry);
	}

	private static double paused(ConsumerDaemon daemon) {
		return (daemon.state() == Subscription.State.PAUSED) ? 1 : 0;
	}

	private static double concurrency(ConsumerDaemon daemon) {
		Integer concurrency = daemon.concurrency();
		return (concurrency != null) ? concurrency : Double.NaN;
	}

	private static double idleMillis(ConsumerDaemon daemon) {
		return (daemon.inFlight() > 0) ? daemon.idleTime().toMillis() : 0;
	}

}
