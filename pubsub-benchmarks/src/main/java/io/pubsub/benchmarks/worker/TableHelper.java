package io.pubsub.benchmarks.worker;

import java.util.concurrent.CountDownLatch;

import io.pubsub.benchmarks.process.Parent;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.scenario.Job;
import io.pubsub.benchmarks.table.Databases;

/**
 * The second process of a contender with a queue in a database: works off until the first
 * one has ended.
 */
public final class TableHelper {

	private TableHelper() {
	}

	/**
	 * Work off.
	 * @param args the {@link Job#toArgument() job}
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		Parent.endWithParent();
		Job job = Job.ofArgument(args[0]);
		Databases.open(job.contender(), job.address(), job.concurrency()).workOff();
		Signal.READY.send("");
		new CountDownLatch(1).await();
	}

}
