package io.pubsub.benchmarks.worker;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.pubsub.benchmarks.client.RequestCounter;
import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.measurement.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Measures from the first {@link #begin()} to the first {@link #end()}. Safe for use by
 * many threads.
 */
final class Stopwatch {

	private static final int MEDIAN = 50;

	private static final int TAIL = 99;

	private final AtomicReference<@Nullable Reading> begin = new AtomicReference<>();

	private final AtomicReference<@Nullable Reading> end = new AtomicReference<>();

	private final AtomicLong lap = new AtomicLong(Long.MIN_VALUE);

	private final RequestCounter requests;

	Stopwatch(RequestCounter requests) {
		this.requests = requests;
	}

	void begin() {
		this.begin.compareAndSet(null, Reading.now(this.requests));
	}

	void end() {
		this.end.compareAndSet(null, Reading.now(this.requests));
	}

	/**
	 * End, unless there is a later lap.
	 */
	void lap() {
		this.lap.accumulateAndGet(System.nanoTime(), Math::max);
	}

	// What was sent after the end counts too, receives excepted: it settles what came
	// before.
	Measurement measurement(int done, int duplicates, int measured, long[] latencies) {
		begin();
		end();
		Reading first = reading(this.begin);
		Reading last = reading(this.end);
		long requests = last.receives() - first.receives() + this.requests.others() - first.otherRequests();
		long ended = (this.lap.get() != Long.MIN_VALUE) ? this.lap.get() : last.nanos();
		return new Measurement(done, duplicates, measured, ended - first.nanos(), last.cpuNanos() - first.cpuNanos(),
				requests, last.objectRequests() - first.objectRequests(), Statistics.percentile(latencies, MEDIAN),
				Statistics.percentile(latencies, TAIL), heap(), last.allocated() - first.allocated());
	}

	private static Reading reading(AtomicReference<@Nullable Reading> reference) {
		Reading reading = reference.get();
		if (reading == null) {
			throw new IllegalStateException("nothing was measured");
		}
		return reading;
	}

	private static long heap() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
