package io.pubsub.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.process.ChildJvm;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Job;
import io.pubsub.benchmarks.scenario.Scenario;
import io.pubsub.benchmarks.worker.WorkerApplication;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes single measurements: each with a queue and a JVM of its own.
 */
final class Laboratory implements AutoCloseable {

	private static final long PAUSE_MILLIS = 100;

	private static final Duration GRACE = Duration.ofMinutes(2);

	private final Broker broker;

	private final Feed feed;

	private final WorkerOptions options;

	private final Duration timeout;

	private int measurements;

	private Laboratory(Broker broker, WorkerOptions options, Duration timeout) {
		this.broker = broker;
		this.feed = new Feed(broker.sqs());
		this.options = options;
		this.timeout = timeout;
	}

	/**
	 * Start the broker.
	 * @param options the options of the JVM of every contender
	 * @param timeout after how long a measurement is given up
	 * @return the laboratory
	 * @throws InterruptedException if the thread is interrupted
	 */
	static Laboratory open(WorkerOptions options, Duration timeout) throws InterruptedException {
		return new Laboratory(Broker.start(), options, timeout);
	}

	/**
	 * Measure a contender once.
	 * @param scenario what it has to do
	 * @param contender which one
	 * @param messages how many messages are measured
	 * @return what came out
	 * @throws io.pubsub.benchmarks.process.ChildFailedException if its process crashed or
	 * hung
	 * @throws LostMessagesException if it did not do all of its work
	 * @throws InterruptedException if the thread is interrupted
	 */
	Measurement measure(Scenario scenario, Contender contender, int messages) throws InterruptedException {
		this.measurements++;
		String name = name(scenario, contender);
		if (scenario.publishes()) {
			return run(new Job(contender, scenario, messages, this.broker.snsEndpoint(), this.broker.createTopic(name),
					this.timeout.toSeconds()));
		}
		String queueUrl = this.broker.createQueue(name);
		try {
			return consume(new Job(contender, scenario, messages, this.broker.sqsEndpoint(), queueUrl,
					this.timeout.toSeconds()));
		}
		finally {
			this.broker.deleteQueue(queueUrl);
		}
	}

	private String name(Scenario scenario, Contender contender) {
		return "%s-%s-%d".formatted(scenario, contender, this.measurements);
	}

	private Measurement consume(Job job) throws InterruptedException {
		this.feed.fill(job.address(), job.total() - job.paced());
		Measurement measurement = run(job);
		int left = this.broker.messagesLeft(job.address());
		if (left > 0) {
			throw new LostMessagesException("It left %d of %d messages on the queue".formatted(left, job.total()));
		}
		return measurement;
	}

	private Measurement run(Job job) throws InterruptedException {
		try (ChildJvm worker = ChildJvm.start(WorkerApplication.class,
				this.options.forWorker(name(job.scenario(), job.contender())), job.toArgument())) {
			worker.await(Signal.READY, GRACE);
			if (job.scenario().isPaced()) {
				pace(job);
			}
			String result = worker.await(Signal.RESULT, this.timeout.plus(GRACE));
			worker.output().forEach(System.err::println);
			Measurement measurement = JsonMapper.shared().readValue(result, Measurement.class);
			if (measurement.done() < job.total()) {
				throw new LostMessagesException(
						"It did %d of %d messages in time".formatted(measurement.done(), job.total()));
			}
			return measurement;
		}
	}

	private void pace(Job job) throws InterruptedException {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		while (this.broker.messagesLeft(job.address()) > 0 && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		this.feed.pace(job.address(), job.total() - job.paced(), job.total());
	}

	@Override
	public void close() {
		this.broker.close();
	}

}
