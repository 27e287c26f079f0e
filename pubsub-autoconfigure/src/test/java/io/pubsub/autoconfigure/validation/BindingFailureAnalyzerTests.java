package io.pubsub.autoconfigure.validation;

import io.pubsub.autoconfigure.PubSubProperties;
import jakarta.validation.constraints.Max;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BindingFailureAnalyzer}.
 */
class BindingFailureAnalyzerTests {

	private final BindingFailureAnalyzer analyzer = new BindingFailureAnalyzer();

	@Test
	void namesThePropertyAsAConfigurationWritesIt() {
		new ApplicationContextRunner().withUserConfiguration(Ours.class)
			.withPropertyValues("pubsub.consumer.backoff.max=13h", "pubsub.local.sqs-port=99999")
			.run((context) -> {
				FailureAnalysis analysis = this.analyzer.analyze(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("pubsub.consumer.backoff.max is 13h",
						"pubsub.local.sqs-port is 99999", "65535");
				assertThat(analysis.getAction()).contains("where it is set");
			});
	}

	@Test
	void leavesThePropertiesOfOthersToBoot() {
		new ApplicationContextRunner().withUserConfiguration(Others.class)
			.withPropertyValues("shop.size=2")
			.run((context) -> assertThat(this.analyzer.analyze(context.getStartupFailure())).isNull());
	}

	@EnableConfigurationProperties(PubSubProperties.class)
	static class Ours {

	}

	@EnableConfigurationProperties(Shop.class)
	static class Others {

	}

	@Validated
	@ConfigurationProperties("shop")
	record Shop(@Max(1) int size) {

	}

}
