package io.pubsub.sample.pipeline.lines;

import java.io.IOException;
import java.util.stream.Stream;

import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;

import org.springframework.stereotype.Component;

/**
 * Counts the lines of objects while they are downloaded: no object is ever in memory as a
 * whole.
 */
@Component
class LineCounter {

	private final S3Objects objects;

	private final Progress progress;

	LineCounter(S3Objects objects, Progress progress) {
		this.objects = objects;
		this.progress = progress;
	}

	/**
	 * Counts the lines of an object that are not blank.
	 * @param object the object
	 * @return the count
	 * @throws IOException if the object cannot be read to its end
	 */
	LineCount count(S3Object object) throws IOException {
		this.progress.taken(object);
		try (Stream<String> lines = this.objects.lines(object)) {
			return new LineCount(object, lines.filter((line) -> !line.isBlank()).count());
		}
	}

}
