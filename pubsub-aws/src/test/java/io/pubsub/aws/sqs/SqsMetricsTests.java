package io.pubsub.aws.sqs;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqsMetrics}.
 */
class SqsMetricsTests {

	private final SqsMetrics metrics = new SqsMetrics();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void showsWhatTheSourceHasCounted() {
		this.metrics.bindTo(this.registry);
		this.metrics.receiveSent();
		this.metrics.messagesReceived(7);
		this.metrics.settlementLost();
		assertThat(count("pubsub.sqs.receives")).isEqualTo(1);
		assertThat(count("pubsub.sqs.messages")).isEqualTo(7);
		assertThat(count("pubsub.sqs.settlements.lost")).isEqualTo(1);
		assertThat(count("pubsub.sqs.deletes.remembered")).isZero();
	}

	@Test
	void namesAllCountersAlike() {
		this.metrics.bindTo(this.registry);
		assertThat(this.registry.getMeters()).hasSize(9)
			.extracting(Meter::getId)
			.allSatisfy((id) -> assertThat(id.getName()).startsWith("pubsub.sqs."));
	}

	@Test
	void tellsOneSourceFromAnotherByItsTags() {
		this.metrics.bindTo(this.registry, Tags.of("daemon", "one"));
		new SqsMetrics().bindTo(this.registry, Tags.of("daemon", "two"));
		this.metrics.receiveSent();
		assertThat(this.registry.get("pubsub.sqs.receives").tag("daemon", "one").functionCounter().count()).isOne();
		assertThat(this.registry.get("pubsub.sqs.receives").tag("daemon", "two").functionCounter().count()).isZero();
	}

	private double count(String name) {
		return this.registry.get(name).functionCounter().count();
	}

}
