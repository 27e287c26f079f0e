package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.pubsub.test.TestClock;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Receives}.
 */
class ReceivesTests {

	private final FakeSqs sqs = new FakeSqs();

	private final CompletableFuture<Optional<? extends RequestOverrideConfiguration>> sent = new CompletableFuture<>();

	@Test
	void whenTheClientHasATimeoutForCallsDoesNotLetItCutTheLongPoll() {
		assertOutlastsTheLongPoll(receive(FakeSqs.URL, (client) -> client.apiCallTimeout(Duration.ofSeconds(3))));
	}

	@Test
	void whenTheClientHasATimeoutForAttemptsDoesNotLetItCutTheLongPoll() {
		assertOutlastsTheLongPoll(
				receive(FakeSqs.URL, (client) -> client.apiCallAttemptTimeout(Duration.ofSeconds(3))));
	}

	@Test
	void whenTheClientIsNotTheSdksOwnDoesNotLetItsTimeoutsCutTheLongPoll() {
		send(this.sqs, FakeSqs.URL);
		assertOutlastsTheLongPoll(this.sqs.receives.get(0).overrideConfiguration());
	}

	@Test
	void whenTheClientHasNoTimeoutSetsNone() {
		assertThat(receive(FakeSqs.URL, (client) -> {
		})).isEmpty();
	}

	@Test
	void whenTheQueueIsFifoAttemptsAgainInTimeToGetWhatALostAnswerBrought() {
		assertOutlastsTheLongPoll(receive(FakeSqs.URL + ".fifo", (client) -> {
		}));
	}

	private Optional<? extends RequestOverrideConfiguration> receive(String url,
			Consumer<ClientOverrideConfiguration.Builder> timeouts) {
		try (SqsAsyncClient client = SqsAsyncClient.builder()
			.region(Region.EU_WEST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.overrideConfiguration((override) -> timeouts.accept(override.addExecutionInterceptor(new Wiretap())))
			.build()) {
			send(client, url);
			return this.sent.join();
		}
	}

	private void send(SqsAsyncClient client, String url) {
		QueueResolver queue = new QueueResolver(this.sqs, QueueAddress.parse(url));
		CompletableFuture<?> unused = new Receives(client, queue, null, new TestClock().timekeeper(), new SqsMetrics())
			.send(10, Duration.ofSeconds(20));
	}

	private static void assertOutlastsTheLongPoll(Optional<? extends RequestOverrideConfiguration> configuration) {
		assertThat(configuration).hasValueSatisfying((timeouts) -> {
			assertThat(timeouts.apiCallAttemptTimeout()).hasValue(Duration.ofSeconds(25));
			assertThat(timeouts.apiCallTimeout()).hasValue(Duration.ofSeconds(30));
		});
	}

	/**
	 * Looks at a request, and lets it go no further.
	 */
	private final class Wiretap implements ExecutionInterceptor {

		@Override
		public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
			ReceivesTests.this.sent.complete(context.request().overrideConfiguration());
			throw new IllegalStateException("not to be sent");
		}

	}

}
