package io.pubsub.sample.pipeline.lines;

import java.time.Duration;
import java.util.List;

import io.pubsub.autoconfigure.pipeline.Pipelines;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.sample.pipeline.demo.Show;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Puts files into the bucket, waits until the message of each is at its end, and says
 * what became of them.
 */
@Component
@ConditionalOnExpression("${pubsub.local.enabled:false} or '${bucket:}' != ''")
class Demonstration implements ApplicationRunner, ExitCodeGenerator {

	private static final Logger logger = LoggerFactory.getLogger(Demonstration.class);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final S3Client s3;

	private final String bucket;

	private final Pipelines pipelines;

	private final Progress progress;

	private final CountFolder folder;

	private final ConfigurableApplicationContext context;

	private boolean finished;

	Demonstration(S3Client s3, @Value("${bucket:line-counts}") String bucket, Pipelines pipelines, Progress progress,
			CountFolder folder, ConfigurableApplicationContext context) {
		this.s3 = s3;
		this.bucket = bucket;
		this.pipelines = pipelines;
		this.context = context;
		this.progress = progress;
		this.folder = folder;
	}

	@Override
	public void run(ApplicationArguments args) throws InterruptedException {
		Show show = this::show;
		show.performIn(this.context, args);
	}

	private void show() throws InterruptedException {
		ConsumerDaemon daemon = this.pipelines.get("line-counts").managed().daemon();
		// So that one object is surely gone before it is read.
		daemon.pause();
		try {
			put();
		}
		finally {
			daemon.resume();
		}
		this.finished = this.progress.await(PATIENCE);
		if (!this.finished) {
			logger.warn("Not all objects are at their end after {} s", PATIENCE.toSeconds());
		}
		this.progress.report();
		logger.info("The counts are in {}", this.folder.path());
	}

	private void put() {
		List<SampleFile> files = SampleFile.all();
		// Whoever puts one twice causes two messages.
		this.progress.expect(files.size() + 1);
		logger.info("Putting {} files into the bucket {}", files.size(), this.bucket);
		files.forEach(this::put);
		put(files.get(0));
		this.s3.deleteObject((request) -> request.bucket(this.bucket).key(SampleFile.MISSING));
	}

	private void put(SampleFile file) {
		this.s3.putObject((request) -> request.bucket(this.bucket).key(file.key()),
				RequestBody.fromBytes(file.content().asByteArray()));
	}

	@Override
	public int getExitCode() {
		return this.finished ? 0 : 1;
	}

}
