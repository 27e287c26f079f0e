package io.pubsub.benchmarks.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.pubsub.benchmarks.client.Clients;
import io.pubsub.benchmarks.client.RequestCounter;
import io.pubsub.benchmarks.consume.Consumers;
import io.pubsub.benchmarks.consume.Setup;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.scenario.Job;

/**
 * One of the processes that share a queue. It measures nothing, as it knows nothing of
 * the others.
 */
final class Sharing {

	private Sharing() {
	}

	/**
	 * Consume until the process is ended.
	 * @param job the job
	 * @throws InterruptedException if the thread is interrupted
	 */
	static void run(Job job) throws InterruptedException {
		Setup setup = new Setup(job.address(), job.concurrency(),
				new Clients(job.endpoint(), new RequestCounter()).sqs(),
				(order) -> TimeUnit.MILLISECONDS.sleep(job.scenario().handlingTime(order.sequence()).toMillis()));
		Consumers.start(job.contender(), setup);
		Signal.READY.send("");
		new CountDownLatch(1).await();
	}

}
