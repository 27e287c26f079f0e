package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.pubsub.MediaTypes;
import io.pubsub.MessageSchema;
import io.pubsub.observe.MediaTypeTag;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.around.ObservedOrigins;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.test.PipelineTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObservedOrigins}.
 */
class ObservedOriginsTests {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final List<Observation.Context> started = new CopyOnWriteArrayList<>();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	private final List<Observation.ContextView> seen = new CopyOnWriteArrayList<>();

	@BeforeEach
	void record() {
		this.registry.observationConfig().observationHandler(new Recorder());
	}

	@Test
	void observesAMessageUntilItIsSettled() {
		try (PipelineTester tester = tester(words().batch(100, Duration.ofMinutes(1)).end())) {
			tester.send(new Sentence("to be"));
			assertThat(this.started).hasSize(1);
			assertThat(this.stopped).isEmpty();
			tester.flush();
			assertThat(this.stopped).singleElement()
				.satisfies((context) -> assertThat(context.getName()).isEqualTo("pubsub.pipeline.process"));
			assertThat(this.stopped.get(0).getLowCardinalityKeyValues()).map(Objects::toString)
				.contains("keyValue(pipeline=words)", "keyValue(outcome=succeeded)");
		}
	}

	@Test
	void isCurrentOnEachThreadThatCallsAFunction() {
		try (PipelineTester tester = tester(
				words().map(this::look).keyedBy((word) -> word, 4).to((word) -> look(word)))) {
			tester.send(new Sentence("to be or not"));
			assertThat(this.seen).hasSize(8).containsOnly(this.started.get(0));
		}
	}

	@Test
	void keepsTheObservationsOfMessagesApart() {
		try (PipelineTester tester = tester(words().to((word) -> look(word)))) {
			tester.send(new Sentence("one"));
			tester.send(new Sentence("two"));
			assertThat(this.started).extracting(Observation.Context::getParentObservation).containsOnlyNulls();
			assertThat(this.seen).containsExactlyElementsOf(this.started);
		}
	}

	@Test
	void observesABatchOfSeveralMessagesOnce() {
		try (PipelineTester tester = tester(words().batch(2, Duration.ofMinutes(1))
			.map(this::look)
			.mapConcurrently(2, this::look)
			.to((batch) -> look(batch)))) {
			tester.send(new Sentence("one"));
			tester.send(new Sentence("two"));
			assertThat(this.started).hasSize(3);
			assertThat(this.seen).hasSize(3).containsOnly(this.started.get(2));
			assertThat(this.started.get(2).getName()).isEqualTo("pubsub.pipeline.batch");
			assertThat(this.stopped).hasSize(3).first().isSameAs(this.started.get(2));
		}
	}

	@Test
	void observesABatchOfOneMessageAsThatMessage() {
		try (PipelineTester tester = tester(words().batch(2, Duration.ofMinutes(1)).to((batch) -> look(batch)))) {
			tester.send(new Sentence("to be"));
			assertThat(this.started).hasSize(1);
			assertThat(this.seen).containsExactlyElementsOf(this.started);
			assertThat(this.stopped).hasSize(1);
		}
	}

	@Test
	void tellsTheFailureOfAMessage() {
		try (PipelineTester tester = tester(words().to((word) -> {
			throw new IllegalStateException("broken");
		}))) {
			tester.send(new Sentence("one"));
			assertThat(this.stopped.get(0).getError()).hasMessage("broken");
			assertThat(this.stopped.get(0).getLowCardinalityKeyValues()).map(Objects::toString)
				.contains("keyValue(outcome=failed)");
		}
	}

	private <T> T look(T element) {
		this.seen.add(Objects.requireNonNull(this.registry.getCurrentObservation()).getContextView());
		return element;
	}

	private PipelineTester tester(Pipeline pipeline) {
		MediaTypeTag tag = new MediaTypeTag(new SchemaRegistry(new MediaTypes(null), true));
		return PipelineTester.of((producer) -> pipeline,
				(builder) -> builder.interceptors(List.of(new ObservedOrigins(this.registry, tag))));
	}

	private static Flow<String> words() {
		return Pipeline.named("words")
			.from(Sentence.class)
			.flatMap((sentence) -> Stream.of(sentence.text().split(" ")));
	}

	@MessageSchema(mediaType = "application/vnd.test.sentence")
	record Sentence(String text) {

	}

	/**
	 * Records observations.
	 */
	private final class Recorder implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			ObservedOriginsTests.this.started.add(context);
		}

		@Override
		public void onStop(Observation.Context context) {
			ObservedOriginsTests.this.stopped.add(context);
		}

	}

}
