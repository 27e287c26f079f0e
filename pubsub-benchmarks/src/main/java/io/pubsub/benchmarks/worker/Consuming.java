package io.pubsub.benchmarks.worker;

import java.net.URI;
import java.util.concurrent.TimeUnit;

import io.pubsub.benchmarks.client.Clients;
import io.pubsub.benchmarks.client.RequestCounter;
import io.pubsub.benchmarks.consume.Consumers;
import io.pubsub.benchmarks.consume.ObjectConsumers;
import io.pubsub.benchmarks.consume.ObjectSetup;
import io.pubsub.benchmarks.consume.Setup;
import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.pipeline.SqsWords;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.scenario.Job;
import io.pubsub.benchmarks.scenario.Scenario;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Measures a contender that consumes.
 */
final class Consuming {

	private static final long DELETE_PATIENCE = TimeUnit.SECONDS.toNanos(10);

	private static final long PAUSE_MILLIS = 20;

	private Consuming() {
	}

	static Measurement measure(Job job) throws InterruptedException {
		RequestCounter requests = new RequestCounter();
		Stopwatch stopwatch = new Stopwatch(requests);
		if (job.warmUp() == 0) {
			requests.onFirstReceive(stopwatch::begin);
		}
		Recorder recorder = new Recorder(job, stopwatch);
		LineTally tally = new LineTally(recorder::acknowledged);
		start(job, requests, recorder, tally);
		Signal.READY.send("");
		recorder.await();
		tally.check();
		awaitDeletes(job, requests);
		return stopwatch.measurement(recorder.done(), recorder.duplicates(), job.messages(), recorder.latencies());
	}

	private static void start(Job job, RequestCounter requests, Recorder recorder, LineTally tally) {
		SqsAsyncClient client = new Clients(job.endpoint(), requests).sqs();
		URI storage = job.storage();
		if (storage != null) {
			S3Client s3 = new Clients(storage, requests).s3();
			ObjectConsumers.start(job.contender(),
					new ObjectSetup(job.address(), job.concurrency(), client, s3, tally));
		}
		else if (job.scenario() == Scenario.PIPELINE_SQS) {
			new SqsWords(job.concurrency(), recorder::acknowledged).start(job.contender(), client, job.address());
		}
		else {
			Consumers.start(job.contender(), new Setup(job.address(), job.concurrency(), client, recorder));
		}
	}

	private static void awaitDeletes(Job job, RequestCounter requests) throws InterruptedException {
		long deadline = System.nanoTime() + DELETE_PATIENCE;
		while (requests.deleted() < job.total() && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
	}

}
