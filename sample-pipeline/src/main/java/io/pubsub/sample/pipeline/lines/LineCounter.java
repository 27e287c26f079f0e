package io.pubsub.sample.pipeline.lines;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Counts the lines of objects while they are downloaded: no object is ever in memory as a
 * whole.
 */
@Component
class LineCounter {

	private final S3Objects objects;

	private final Progress progress;

	private final Queue<Integer> idle;

	LineCounter(S3Objects objects, Progress progress, @Value("${pipelines:3}") int pipelines) {
		this.objects = objects;
		this.progress = progress;
		this.idle = new PriorityBlockingQueue<>(IntStream.rangeClosed(1, pipelines).boxed().toList());
	}

	/**
	 * Counts the lines of an object that are not blank.
	 * @param object the object
	 * @return the count
	 * @throws IOException if the object cannot be read to its end
	 */
	LineCount count(S3Object object) throws IOException {
		// As many objects are counted at a time as there are.
		Integer pipeline = this.idle.remove();
		this.progress.taken(object, pipeline);
		try (Stream<String> lines = this.objects.lines(object)) {
			return new LineCount(object, lines.filter((line) -> !line.isBlank()).count());
		}
		finally {
			this.idle.add(pipeline);
		}
	}

}
