package io.pubsub.benchmarks;

import java.util.concurrent.CountDownLatch;

import io.pubsub.benchmarks.process.Parent;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.local.LocalBroker;

/**
 * SNS, SQS and S3 in a process of their own, which ends with its parent.
 */
public final class BrokerApplication {

	private BrokerApplication() {
	}

	/**
	 * Start the broker.
	 * @param args none
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		Parent.endWithParent();
		LocalBroker broker = LocalBroker.start();
		Signal.READY.send("%s %s %s".formatted(broker.sqsEndpoint(), broker.snsEndpoint(), broker.s3Endpoint()));
		new CountDownLatch(1).await();
	}

}
