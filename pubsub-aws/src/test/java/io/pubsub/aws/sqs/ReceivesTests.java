package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Receives}.
 */
class ReceivesTests {

	private final FakeSqs sqs = new FakeSqs();

	@Test
	void whenTheClientHasATimeoutForCallsDoesNotLetItCutTheLongPoll() {
		this.sqs.configure((client) -> client.apiCallTimeout(Duration.ofSeconds(3)));
		assertOutlastsTheLongPoll(receive(FakeSqs.URL));
	}

	@Test
	void whenTheClientHasATimeoutForAttemptsDoesNotLetItCutTheLongPoll() {
		this.sqs.configure((client) -> client.apiCallAttemptTimeout(Duration.ofSeconds(3)));
		assertOutlastsTheLongPoll(receive(FakeSqs.URL));
	}

	@Test
	void whenTheClientDoesNotTellItsTimeoutsDoesNotLetThemCutTheLongPoll() {
		assertOutlastsTheLongPoll(receive(FakeSqs.URL));
	}

	@Test
	void whenTheClientHasNoTimeoutSetsNone() {
		this.sqs.configure((client) -> {
		});
		assertThat(receive(FakeSqs.URL)).isEmpty();
	}

	@Test
	void whenTheQueueIsFifoAttemptsAgainInTimeToGetWhatALostAnswerBrought() {
		this.sqs.configure((client) -> {
		});
		assertOutlastsTheLongPoll(receive(FakeSqs.URL + ".fifo"));
	}

	private Optional<AwsRequestOverrideConfiguration> receive(String url) {
		QueueResolver queue = new QueueResolver(this.sqs, QueueAddress.parse(url));
		new Receives(this.sqs, queue, null, new SqsMetrics()).send(10, Duration.ofSeconds(20));
		return this.sqs.receives.get(0).overrideConfiguration();
	}

	private static void assertOutlastsTheLongPoll(Optional<AwsRequestOverrideConfiguration> configuration) {
		assertThat(configuration).hasValueSatisfying((timeouts) -> {
			assertThat(timeouts.apiCallAttemptTimeout()).hasValue(Duration.ofSeconds(25));
			assertThat(timeouts.apiCallTimeout()).hasValue(Duration.ofSeconds(30));
		});
	}

}
