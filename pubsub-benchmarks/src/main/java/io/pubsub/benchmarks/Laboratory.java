package io.pubsub.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.process.ChildJvm;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Job;
import io.pubsub.benchmarks.scenario.MessageJson;
import io.pubsub.benchmarks.scenario.Scenario;
import io.pubsub.benchmarks.worker.WorkerApplication;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes single measurements: each with a queue and a JVM of its own.
 */
final class Laboratory implements AutoCloseable {

	private static final URI MEMORY = URI.create("memory:/");

	private static final long PAUSE_MILLIS = 100;

	private static final Duration GRACE = Duration.ofMinutes(2);

	private final WorkerOptions options;

	private final Duration timeout;

	private @Nullable Broker broker;

	private int measurements;

	/**
	 * Make a laboratory, whose broker starts when the first contender needs it.
	 * @param options the options of the JVM of every contender
	 * @param timeout after how long a measurement is given up
	 */
	Laboratory(WorkerOptions options, Duration timeout) {
		this.options = options;
		this.timeout = timeout;
	}

	/**
	 * Measure a contender once.
	 * @param scenario the scenario
	 * @param contender the contender
	 * @param messages the number of messages that are measured
	 * @return the measurement
	 * @throws io.pubsub.benchmarks.process.ChildFailedException if its process crashed or
	 * hung
	 * @throws LostMessagesException if it did not do all of its work
	 * @throws InterruptedException if the thread is interrupted
	 */
	Measurement measure(Scenario scenario, Contender contender, int messages) throws InterruptedException {
		this.measurements++;
		if (scenario.isInMemory() || scenario.isInFolder()) {
			return run(new Job(contender, scenario, messages, MEMORY, null, "", this.timeout.toSeconds()));
		}
		if (scenario.isInDatabase()) {
			return inDatabase(scenario, contender, messages);
		}
		Broker broker = broker();
		String name = name(scenario, contender);
		if (scenario.publishes()) {
			return run(new Job(contender, scenario, messages, broker.snsEndpoint(), null, broker.createTopic(name),
					this.timeout.toSeconds()));
		}
		String queueUrl = broker.createQueue(name);
		try {
			return consume(broker, new Job(contender, scenario, messages, broker.sqsEndpoint(),
					scenario.hasObjects() ? broker.s3Endpoint() : null, queueUrl, this.timeout.toSeconds()));
		}
		finally {
			broker.deleteQueue(queueUrl);
		}
	}

	private Measurement inDatabase(Scenario scenario, Contender contender, int messages) throws InterruptedException {
		try (BenchmarkDatabase database = BenchmarkDatabase.create(scenario.hasServer())) {
			return run(
					new Job(contender, scenario, messages, MEMORY, null, database.address(), this.timeout.toSeconds()));
		}
	}

	private Broker broker() throws InterruptedException {
		Broker started = this.broker;
		if (started == null) {
			started = Broker.start();
			this.broker = started;
		}
		return started;
	}

	private String name(Scenario scenario, Contender contender) {
		return "%s-%s-%d".formatted(scenario, contender, this.measurements);
	}

	private Measurement consume(Broker broker, Job job) throws InterruptedException {
		Feed feed = new Feed(broker.sqs(), messages(broker, job));
		if (job.scenario().isShared()) {
			feed.fill(job.address(), job.messages() + job.contender().processes() * job.warmUp());
			try (SharedQueue queue = new SharedQueue(job, () -> broker.messagesLeft(job.address()))) {
				return queue.measure(this.options.forWorker(name(job.scenario(), job.contender())), GRACE);
			}
		}
		feed.fill(job.address(), job.total() - job.paced());
		Measurement measurement = run(job, () -> pace(broker, feed, job));
		int left = broker.messagesLeft(job.address());
		if (left > 0) {
			throw new LostMessagesException("It left %d of %d messages on the queue".formatted(left, job.total()));
		}
		return measurement;
	}

	private static IntFunction<String> messages(Broker broker, Job job) {
		if (job.scenario().hasObjects()) {
			broker.bucket().fill(job.total());
			return broker.bucket()::event;
		}
		MessageJson json = new MessageJson();
		return (sequence) -> job.scenario().message(json, sequence);
	}

	private Measurement run(Job job) throws InterruptedException {
		return run(job, () -> {
		});
	}

	private Measurement run(Job job, Pace pace) throws InterruptedException {
		try (ChildJvm worker = ChildJvm.start(WorkerApplication.class,
				this.options.forWorker(name(job.scenario(), job.contender())), job.toArgument())) {
			worker.await(Signal.READY, GRACE);
			pace.keep();
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

	private static void pace(Broker broker, Feed feed, Job job) throws InterruptedException {
		if (!job.scenario().isPaced()) {
			return;
		}
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(job.timeoutSeconds());
		while (broker.messagesLeft(job.address()) > 0 && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		feed.pace(job.address(), job.total() - job.paced(), job.total());
	}

	@Override
	public void close() {
		if (this.broker != null) {
			this.broker.close();
		}
	}

	/**
	 * Has the messages come that are not there before the start.
	 */
	@FunctionalInterface
	private interface Pace {

		void keep() throws InterruptedException;

	}

}
