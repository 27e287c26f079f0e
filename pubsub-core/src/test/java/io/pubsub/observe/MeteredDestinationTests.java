package io.pubsub.observe;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.UriMessage;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MeteredDestination}.
 */
class MeteredDestinationTests {

	private static final MediaType GREETING = new MediaType("text/greeting");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("example"), true);

	private final OutboundMessage message = new OutboundMessage("topic", GREETING, "{}", Map.of());

	private final CompletableFuture<List<PublishResult>> answer = new CompletableFuture<>();

	private final MeteredDestination destination = new MeteredDestination((messages) -> this.answer, this.registry,
			new MediaTypeTag(this.schemas));

	@BeforeEach
	void register() {
		this.schemas.register(GREETING, UriMessage.class);
	}

	@Test
	void timesEachMessageByItsResult() {
		CompletableFuture<List<PublishResult>> results = this.destination.publish(List.of(this.message, this.message));
		this.answer.complete(List.of(PublishResult.published("1"), PublishResult.failed(new RuntimeException())));
		assertThat(results).isCompleted();
		assertThat(count("published")).isEqualTo(1);
		assertThat(count("failed")).isEqualTo(1);
	}

	@Test
	void countsAFailureOfTheWholeCallForEachMessage() {
		CompletableFuture<List<PublishResult>> results = this.destination.publish(List.of(this.message, this.message));
		this.answer.completeExceptionally(new IllegalStateException("expected"));
		assertThat(results).isCompletedExceptionally();
		assertThat(count("failed")).isEqualTo(2);
	}

	@Test
	void countsAsFailedWhatIsNotConfirmed() {
		this.answer.complete(List.of(PublishResult.published("1")));
		assertThat(this.destination.publish(List.of(this.message, this.message))).isCompleted();
		assertThat(count("published")).isEqualTo(1);
		assertThat(count("failed")).isEqualTo(1);
	}

	private long count(String result) {
		return this.registry.get("pubsub.producer.publish")
			.tags("media_type", "text/greeting", "result", result)
			.timer()
			.count();
	}

}
