package io.pubsub.kinesis.consume;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;

/**
 * How the shards are doing whose leases are held by the subscriptions of a source.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class KinesisMetrics {

	private final Set<Shards> shards = ConcurrentHashMap.newKeySet();

	KinesisMetrics() {
	}

	void add(Shards added) {
		this.shards.add(added);
	}

	void remove(Shards removed) {
		this.shards.remove(removed);
	}

	private Stream<Shard> stream() {
		return this.shards.stream().flatMap(Shards::stream);
	}

	/**
	 * The shards whose leases are held.
	 * @return the number at this moment
	 */
	public long shards() {
		return stream().count();
	}

	/**
	 * The records that are received and not covered by a checkpoint: they would come
	 * again if the process ended now.
	 * @return the number at this moment, of all shards
	 */
	public long uncheckpointed() {
		return stream().mapToLong(Shard::uncheckpointed).sum();
	}

	/**
	 * How far the newest record that was received is behind the end of its shard.
	 * @return the time in milliseconds, of the shard that is furthest behind
	 */
	public long millisBehindLatest() {
		return stream().mapToLong(Shard::millisBehindLatest).max().orElse(0);
	}

	/**
	 * The shards that wait for records which keep failing, or for the place for dead
	 * letters.
	 * @return the number at this moment
	 */
	public long heldUp() {
		return stream().filter(Shard::isHeldUp).count();
	}

	/**
	 * Shows them as the gauges {@code pubsub.kinesis.*}. As a method reference, this is a
	 * {@code MeterBinder}; Micrometer is needed for nothing else here.
	 * @param registry the registry
	 */
	public void bindTo(MeterRegistry registry) {
		bindTo(registry, List.of());
	}

	/**
	 * Shows them as the gauges {@code pubsub.kinesis.*} with tags, which tell one source
	 * from another.
	 * @param registry the registry
	 * @param tags the tags; those of all sources in a registry must have the same keys
	 */
	public void bindTo(MeterRegistry registry, Iterable<Tag> tags) {
		Gauge.builder("pubsub.kinesis.shards", this, KinesisMetrics::shards)
			.description("Shards whose leases are held")
			.tags(tags)
			.register(registry);
		Gauge.builder("pubsub.kinesis.shards.held.up", this, KinesisMetrics::heldUp)
			.description("Shards that wait for records which keep failing, or for the place for dead letters")
			.tags(tags)
			.register(registry);
		Gauge.builder("pubsub.kinesis.uncheckpointed", this, KinesisMetrics::uncheckpointed)
			.description("Records that are received and not covered by a checkpoint")
			.tags(tags)
			.register(registry);
		TimeGauge
			.builder("pubsub.kinesis.behind.latest", this, TimeUnit.MILLISECONDS, KinesisMetrics::millisBehindLatest)
			.description("How far the newest record that was received is behind the end of its shard")
			.tags(tags)
			.register(registry);
	}

}
