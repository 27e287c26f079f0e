package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pubsub.RejectMessageException;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.pipeline.around.PipelineMeters;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.InboundMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PipelineMeters}.
 */
class PipelineMetersTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final CountDownLatch end = new CountDownLatch(1);

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final PipelineReceiver receiver = Receivers
		.of(Pipeline.named("words")
			.fromMessages()
			.map(PipelineMetersTests::checked)
			.filter((body) -> !body.equals("dull"))
			.to((body) -> this.end.await()))
		.build();

	private final PipelineMeters meters = new PipelineMeters(this.receiver);

	private final ConsumerDaemon daemon = new ConsumerDaemon(this.queue.source(), this.receiver, Duration.ofSeconds(1));

	@BeforeEach
	void start() {
		this.meters.bindTo(this.registry);
		this.daemon.start();
	}

	@AfterEach
	void stop() {
		this.end.countDown();
		this.daemon.stop();
	}

	@Test
	void countWhatBecomesOfElements() {
		this.end.countDown();
		this.queue.send("good");
		this.queue.send("dull");
		this.queue.send("dead");
		Awaitility.await().untilAsserted(() -> assertThat(elements("to", "done")).isEqualTo(1));
		Awaitility.await().untilAsserted(() -> assertThat(elements("filter", "dropped")).isEqualTo(1));
		Awaitility.await().untilAsserted(() -> assertThat(elements("map", "dead")).isEqualTo(1));
		assertThat(elements("map", "failed")).isZero();
	}

	@Test
	void timeTheCallsOfAStage() {
		this.end.countDown();
		this.queue.send("good");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.registry.get("pubsub.pipeline.stage.calls")
				.tags("pipeline", "words", "stage", "to")
				.functionTimer()
				.count()).isEqualTo(1));
	}

	@Test
	void showWhatIsAtWork() {
		this.queue.send("slow");
		Awaitility.await().untilAsserted(() -> assertThat(gauge("pubsub.pipeline.stage.at.work", "to")).isEqualTo(1));
		assertThat(gauge("pubsub.pipeline.stage.waiting", "to")).isZero();
		assertThat(this.registry.get("pubsub.pipeline.in.flight").tag("pipeline", "words").gauge().value())
			.isEqualTo(1);
		assertThat(this.registry.get("pubsub.pipeline.oldest").timeGauge().value(TimeUnit.SECONDS)).isPositive();
		assertThat(gauge("pubsub.pipeline.stage.longest", "to")).isPositive();
	}

	private static String checked(InboundMessage message) {
		if (message.body().equals("dead")) {
			throw new RejectMessageException("expected");
		}
		return message.body();
	}

	private double elements(String stage, String result) {
		return this.registry.get("pubsub.pipeline.stage.elements")
			.tags("pipeline", "words", "stage", stage, "result", result)
			.functionCounter()
			.count();
	}

	private double gauge(String name, String stage) {
		return this.registry.get(name).tags("pipeline", "words", "stage", stage).gauge().value();
	}

}
