package io.pubsub.aws.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.pipeline.Pipeline;

/**
 * A {@link ParcelDaemon} with a pipeline in a process of its own, which writes a
 * {@link Journal}.
 */
public final class PipelineProcess implements AutoCloseable {

	/** The most messages that it has in flight. */
	static final int IN_FLIGHT = 30;

	private static final int LANES = 4;

	private static final int BATCH = 100;

	private static final Duration BATCH_TIME = Duration.ofMillis(200);

	private static final int WORKERS = 10;

	private static final Duration WORK = Duration.ofMillis(250);

	private final ChildJvm process;

	private PipelineProcess(ChildJvm process) {
		this.process = process;
	}

	/**
	 * Starts a process.
	 * @param kind the kind of the pipeline
	 * @param name the name of the process in the journal
	 * @param endpoint the endpoint of the broker
	 * @param queue the queue
	 * @param journal the journal
	 * @return the process
	 */
	static PipelineProcess start(Kind kind, String name, URI endpoint, TestQueue queue, Journal journal) {
		return new PipelineProcess(ChildJvm.start(PipelineProcess.class, (line) -> {
		}, kind.name(), name, endpoint.toString(), queue.url(), journal.file().toString()));
	}

	/**
	 * Runs the pipeline until the process gets a signal.
	 * @param args the kind, the name, the endpoint, the URL of the queue and the journal
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		Pipeline pipeline = Kind.valueOf(args[0]).pipeline(args[1], new Journal(Path.of(args[4])));
		SqsSourceOptions options = SqsSourceOptions.builder(args[3]).concurrency(IN_FLIGHT).build();
		ParcelDaemon daemon = ParcelDaemon.start(SqsClients.at(URI.create(args[2])), options, pipeline,
				(receiver) -> receiver);
		Runtime.getRuntime().addShutdownHook(new Thread(daemon::close));
		new CountDownLatch(1).await();
	}

	void kill() throws InterruptedException {
		this.process.kill();
	}

	/**
	 * Sends SIGTERM, and waits for the end of the process.
	 */
	void stop() throws IOException, InterruptedException {
		this.process.signal("TERM");
		this.process.await();
	}

	@Override
	public void close() {
		this.process.close();
	}

	/**
	 * The pipelines that a process can run.
	 */
	enum Kind {

		/** Takes each parcel apart, and collects the items behind lanes. */
		ITEMS {

			@Override
			Pipeline pipeline(String name, Journal journal) {
				return Pipeline.named("items")
					.from(Parcel.class)
					.flatMap(Parcel::items)
					.keyedBy((item) -> item % LANES, LANES)
					.map((item) -> item)
					.batch(BATCH, BATCH_TIME)
					.to((batch) -> journal.append(name, batch));
			}

		},

		/** Works on several parcels at a time, each of which takes a while. */
		WORK {

			@Override
			Pipeline pipeline(String name, Journal journal) {
				return Pipeline.named("work")
					.from(Parcel.class)
					.mapConcurrently(WORKERS, Kind::work)
					.to((parcel) -> journal.append(name, List.of(parcel.number())));
			}

		};

		abstract Pipeline pipeline(String name, Journal journal);

		private static Parcel work(Parcel parcel) {
			return new CompletableFuture<Parcel>()
				.completeOnTimeout(parcel, PipelineProcess.WORK.toMillis(), TimeUnit.MILLISECONDS)
				.join();
		}

	}

}
