package io.pubsub.autoconfigure.outbox;

import java.time.Duration;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.autoconfigure.test.PubSubTest;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.publish.SnsProducer;
import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the outbox in a {@link PubSubTest}.
 */
@PubSubTest(classes = OutboxInPubSubTestTests.Application.class,
		properties = { "pubsub.organization=example", "spring.application.name=orders",
				"pubsub.producer.outbox.enabled=true", "spring.datasource.generate-unique-name=true" })
@Execution(ExecutionMode.SAME_THREAD)
class OutboxInPubSubTestTests {

	@Autowired
	private PubSubTester tester;

	@Autowired
	private SnsProducer producer;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private JdbcOutbox outbox;

	private void produce() {
		this.producer.produce(new MediaType("text/plain"), Map.of("text", "a"));
	}

	@Test
	void publishesBeforeTheCommitReturns() {
		this.transaction.executeWithoutResult((status) -> {
			produce();
			assertThat(this.tester.published()).isEmpty();
		});
		assertThat(this.tester.published()).hasSize(1);
		assertThat(this.outbox.relayed()).isPositive();
	}

	@Test
	void publishesNothingThatIsRolledBack() {
		this.transaction.executeWithoutResult((status) -> {
			produce();
			status.setRollbackOnly();
		});
		assertThat(this.tester.published()).isEmpty();
	}

	@Test
	void triesAgainWhenTheClockIsMoved() {
		this.tester.destination().refuse("pubsub-test", new IllegalStateException("expected"));
		this.transaction.executeWithoutResult((status) -> produce());
		this.tester.destination().accept("pubsub-test");
		this.tester.advance(Duration.ofSeconds(5));
		assertThat(this.tester.published()).hasSize(1);
	}

	@EnableAutoConfiguration
	static class Application {

	}

}
