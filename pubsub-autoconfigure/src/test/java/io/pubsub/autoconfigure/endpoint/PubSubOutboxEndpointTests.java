package io.pubsub.autoconfigure.endpoint;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.pubsub.MediaType;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.jdbc.queue.OutboxOptions;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PubSubOutboxEndpoint}.
 */
class PubSubOutboxEndpointTests {

	private final JdbcOutbox outbox = JdbcOutbox
		.builder("orders", new DriverManagerDataSource("jdbc:h2:mem:endpoint;DB_CLOSE_DELAY=-1"))
		.createTables(true)
		.keepsAll(true)
		.options(options())
		.executor(Runnable::run)
		.build();

	private final PubSubOutboxEndpoint endpoint = new PubSubOutboxEndpoint(this.outbox);

	private boolean refusing = true;

	private static OutboxOptions options() {
		OutboxOptions usual = OutboxOptions.DEFAULT;
		return new OutboxOptions(usual.lease(), usual.pollInterval(), 1, usual.backoff(), usual.retention(), false);
	}

	@AfterEach
	void destroyOutbox() {
		this.outbox.releaseAll();
		this.outbox.destroy();
	}

	private String park() {
		this.outbox.start((messages) -> CompletableFuture.completedFuture(List.of(this.refusing
				? PublishResult.refused(new IllegalArgumentException("expected")) : PublishResult.published("id"))));
		Destination outside = this.outbox.outsideOfTransactions((messages) -> new CompletableFuture<>());
		outside.publish(List.of(new OutboundMessage("topic", new MediaType("text/plain"), "secret", Map.of()))).join();
		this.refusing = false;
		return this.endpoint.describe().messages().get(0).id();
	}

	@Test
	void showsWhatIsParkedWithoutItsContent() {
		park();
		PubSubOutboxEndpoint.Entry entry = this.endpoint.describe();
		assertThat(entry.parked()).isOne();
		assertThat(entry.messages()).singleElement().satisfies((parked) -> {
			assertThat(parked.reason()).isEqualTo("expected");
			assertThat(parked.mediaType()).isEqualTo("text/plain");
		});
		assertThat(entry.toString()).doesNotContain("secret");
	}

	@Test
	void releasesAMessage() {
		String id = park();
		assertThat(this.endpoint.release(id, PubSubOutboxEndpoint.Action.RELEASE).parked()).isZero();
		assertThat(this.outbox.relayed()).isOne();
	}

	@Test
	void releasesAll() {
		park();
		assertThat(this.endpoint.releaseAll(PubSubOutboxEndpoint.Action.RELEASE)).containsEntry("released", 1);
	}

	@Test
	void discardsAMessageOnce() {
		String id = park();
		assertThat(this.endpoint.discard(id).parked()).isZero();
		assertThat(this.outbox.relayed()).isZero();
		assertThatExceptionOfType(InvalidEndpointRequestException.class).isThrownBy(() -> this.endpoint.discard(id))
			.withMessageContaining("No message of this id is parked");
	}

}
