package io.pubsub.aws.faults;

import java.net.URI;
import java.util.concurrent.CountDownLatch;

import io.pubsub.aws.faults.LineCounts.Count;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.S3Event;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.pipeline.Pipeline;

/**
 * A pipeline in a process of its own that counts the lines of objects, and prints each
 * {@link Count}.
 */
public final class LineCountProcess {

	private LineCountProcess() {
	}

	/**
	 * Runs the pipeline until the process gets a signal.
	 * @param args the endpoint of SQS, the URL of the queue, and the endpoint of S3
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		S3Objects objects = new S3Objects(ObjectBucket.clientAt(URI.create(args[2])), MissingObject.RETRY);
		Pipeline pipeline = Pipeline.named("counts")
			.from(S3Event.class)
			.flatMapIterable(S3Event::objects)
			.mapConcurrently(2, (object) -> LineCounts.count(objects, object))
			.to(System.out::println);
		ParcelDaemon daemon = ParcelDaemon.startOnObjects(SqsClients.at(URI.create(args[0])),
				SqsSourceOptions.forQueue(args[1]), pipeline, (receiver) -> receiver);
		Runtime.getRuntime().addShutdownHook(new Thread(daemon::close));
		new CountDownLatch(1).await();
	}

}
