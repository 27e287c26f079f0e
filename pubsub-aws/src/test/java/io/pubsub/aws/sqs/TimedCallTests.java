package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TimedCall}.
 */
class TimedCallTests {

	private final CompletableFuture<String> call = new CompletableFuture<>();

	@Test
	void whenThereIsNoAnswerInTimeGivesTheCallUp() {
		CompletableFuture<String> answer = TimedCall.within(Duration.ofMillis(20), this.call);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join)
			.withCauseInstanceOf(ApiCallTimeoutException.class)
			.withMessageContaining("20 millis");
		assertThat(this.call).isCompletedExceptionally();
	}

	@Test
	void whenThereIsAnAnswerPassesItOn() {
		CompletableFuture<String> answer = TimedCall.within(Duration.ofMinutes(1), this.call);
		this.call.complete("done");
		assertThat(answer).isCompletedWithValue("done");
	}

	@Test
	void whenTheCallFailsPassesTheFailureOn() {
		// The SDK returns what follows its own future: such failures come wrapped.
		CompletableFuture<String> answer = TimedCall.within(Duration.ofMinutes(1),
				this.call.whenComplete((done, ex) -> {
				}));
		IllegalStateException failure = new IllegalStateException("no");
		this.call.completeExceptionally(failure);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join).withCause(failure);
	}

}
