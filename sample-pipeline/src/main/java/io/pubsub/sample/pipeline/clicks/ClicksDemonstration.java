package io.pubsub.sample.pipeline.clicks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import io.pubsub.publish.SnsProducer;
import io.pubsub.sample.pipeline.demo.Show;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Puts clicks into the stream, waits until all are counted, and shows the counts.
 */
@Component
@ConditionalOnBooleanProperty("demo")
class ClicksDemonstration implements ApplicationRunner, ExitCodeGenerator {

	private static final Logger logger = LoggerFactory.getLogger(ClicksDemonstration.class);

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final int CLICKS = 1_000;

	private static final int LOT = 250;

	private static final int USERS = 97;

	private static final List<String> PAGES = List.of("/", "/", "/", "/search", "/search", "/basket", "/help");

	private final SnsProducer producer;

	private final KinesisAsyncClient kinesis;

	private final String stream;

	private final ClickTally tally;

	private final ConfigurableApplicationContext context;

	private boolean finished;

	ClicksDemonstration(SnsProducer producer, KinesisAsyncClient kinesis, @Value("${stream:clicks}") String stream,
			ClickTally tally, ConfigurableApplicationContext context) {
		this.producer = producer;
		this.kinesis = kinesis;
		this.stream = stream;
		this.tally = tally;
		this.context = context;
	}

	@Override
	public void run(ApplicationArguments args) throws InterruptedException {
		Show show = this::show;
		show.performIn(this.context, args);
	}

	private void show() throws InterruptedException {
		put();
		logger.info("Waiting until they are counted");
		this.finished = this.tally.await(CLICKS, 1, PATIENCE);
		this.tally.report();
		if (!this.finished) {
			logger.warn("{} clicks and 1 dead letter were expected", CLICKS);
		}
	}

	private void put() {
		Instant now = Clock.systemUTC().instant();
		List<Click> clicks = IntStream.range(0, CLICKS)
			.mapToObj((i) -> new Click("user-" + i % USERS, PAGES.get(i % PAGES.size()),
					now.minusMillis(CLICKS * 20L - i * 20L)))
			.toList();
		logger.info("Putting {} clicks into the stream {}, and a record that is none", CLICKS, this.stream);
		// Moto loses records when it is given several lots at a time.
		for (int lot = 0; lot < CLICKS; lot += LOT) {
			this.producer.produceAll(clicks.subList(lot, lot + LOT)).orThrow();
		}
		this.kinesis
			.putRecord((request) -> request.streamName(this.stream)
				.partitionKey("nobody")
				.data(SdkBytes.fromUtf8String("no click")))
			.join();
	}

	@Override
	public int getExitCode() {
		return this.finished ? 0 : 1;
	}

}
