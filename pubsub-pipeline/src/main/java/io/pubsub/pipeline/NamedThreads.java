package io.pubsub.pipeline;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes threads that are named after a pipeline.
 */
final class NamedThreads implements ThreadFactory {

	private final AtomicInteger count = new AtomicInteger();

	private final String pipeline;

	NamedThreads(String pipeline) {
		this.pipeline = pipeline;
	}

	@Override
	public Thread newThread(Runnable work) {
		return new Thread(work, this.pipeline + "-" + this.count.incrementAndGet());
	}

}
