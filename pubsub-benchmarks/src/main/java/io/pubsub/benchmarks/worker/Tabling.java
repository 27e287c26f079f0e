package io.pubsub.benchmarks.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.pubsub.benchmarks.client.RequestCounter;
import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.process.ChildJvm;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.scenario.Job;
import io.pubsub.benchmarks.scenario.MessageJson;
import io.pubsub.benchmarks.table.Databases;
import io.pubsub.benchmarks.table.TableQueue;

/**
 * Measures a contender with a queue in a database: from the first put until the last
 * message is worked off, by one process or by two.
 */
final class Tabling {

	private static final Duration GRACE = Duration.ofMinutes(1);

	private static final long PAUSE_MILLIS = 5;

	private final Job job;

	private final TableQueue queue;

	private Tabling(Job job) {
		this.job = job;
		this.queue = Databases.open(job.contender(), job.address(), job.concurrency());
	}

	static Measurement measure(Job job) throws InterruptedException {
		Tabling tabling = new Tabling(job);
		Signal.READY.send("");
		if (job.scenario().processes() == 1) {
			return tabling.measure();
		}
		try (ChildJvm helper = ChildJvm.start(TableHelper.class, List.of("-Xmx512m"), job.toArgument())) {
			helper.await(Signal.READY, GRACE);
			return tabling.measure();
		}
	}

	private Measurement measure() throws InterruptedException {
		Stopwatch stopwatch = new Stopwatch(new RequestCounter());
		this.queue.workOff();
		putAndAwait(this.job.warmUp());
		stopwatch.begin();
		putAndAwait(this.job.messages());
		stopwatch.end();
		return stopwatch.measurement(this.job.total(), 0, this.job.messages(), new long[0]);
	}

	private void putAndAwait(int number) throws InterruptedException {
		MessageJson json = new MessageJson();
		this.queue.put(IntStream.range(0, number).mapToObj((i) -> this.job.scenario().message(json, i)).toList());
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(this.job.timeoutSeconds());
		while (this.queue.left() > 0) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException("%d messages are left".formatted(this.queue.left()));
			}
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
	}

}
