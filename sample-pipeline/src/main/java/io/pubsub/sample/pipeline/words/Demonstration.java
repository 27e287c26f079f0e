package io.pubsub.sample.pipeline.words;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.pubsub.autoconfigure.pipeline.Pipelines;
import io.pubsub.publish.SnsProducer;
import io.pubsub.sample.pipeline.demo.Show;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/**
 * Publishes some sentences, waits until all of them are at their end, and says what
 * became of them.
 */
@Component
@ConditionalOnBooleanProperty("pubsub.local.enabled")
class Demonstration implements ApplicationRunner, ExitCodeGenerator {

	private static final Logger logger = LoggerFactory.getLogger(Demonstration.class);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final List<String> SENTENCES = List.of("The quick brown fox jumps over the lazy dog.",
			"The dog sleeps, and the fox runs on.", "Does the dog dream of the fox?", "The fox has 4 paws.",
			"The fox dreams of nothing.", "And the lazy dog sleeps on, and on, and on.");

	private final SnsProducer producer;

	private final Outcomes outcomes;

	private final WordCounts counts;

	private final Pipelines pipelines;

	private final ConfigurableApplicationContext context;

	private boolean finished;

	Demonstration(SnsProducer producer, Outcomes outcomes, WordCounts counts, Pipelines pipelines,
			ConfigurableApplicationContext context) {
		this.producer = producer;
		this.outcomes = outcomes;
		this.counts = counts;
		this.pipelines = pipelines;
		this.context = context;
	}

	@Override
	public void run(ApplicationArguments args) throws InterruptedException {
		Show show = this::show;
		show.performIn(this.context, args);
	}

	private void show() throws InterruptedException {
		logger.info("Publishing {} sentences", SENTENCES.size());
		List<String> ids = SENTENCES.stream().map((text) -> this.producer.produce(new Sentence(text))).toList();
		this.finished = this.outcomes.await(ids.size(), PATIENCE);
		if (!this.finished) {
			logger.warn("Not all sentences are at their end after {} s", PATIENCE.toSeconds());
		}
		logger.info("The words:\n\n{}\n", words(this.counts.published()));
		logger.info("The sentences:\n\n{}\n", sentences(ids));
		logger.info("The steps:\n\n{}\n", StageTable.of(this.pipelines.get("words").receiver().statistics()));
	}

	private static String words(Map<String, Long> counts) {
		return counts.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
			.map((entry) -> "%-10s %3d".formatted(entry.getKey(), entry.getValue()))
			.reduce((above, line) -> above + "\n" + line)
			.orElse("(none)");
	}

	private String sentences(List<String> ids) {
		return IntStream.range(0, ids.size())
			.mapToObj((i) -> "%d  %s".formatted(i + 1, this.outcomes.of(ids.get(i))))
			.reduce((above, line) -> above + "\n" + line)
			.orElse("(none)");
	}

	@Override
	public int getExitCode() {
		return this.finished ? 0 : 1;
	}

}
