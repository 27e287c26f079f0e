package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RequestTimeout}.
 */
class RequestTimeoutTests {

	private final CompletableFuture<String> call = new CompletableFuture<>();

	@Test
	void whenThereIsNoAnswerInTimeGivesTheCallUp() {
		CompletableFuture<String> answer = RequestTimeout.ofOurs(Duration.ofMillis(20)).on(this.call);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join)
			.withCauseInstanceOf(ApiCallTimeoutException.class)
			.withMessageContaining("20 millis");
		assertThat(this.call).isCompletedExceptionally();
	}

	@Test
	void whatFollowsATimeoutDoesNotHoldUpTheTimersOfOthers() {
		CompletableFuture<String> thread = RequestTimeout.ofOurs(Duration.ofMillis(20))
			.on(this.call)
			.exceptionally((failure) -> Thread.currentThread().getName());
		assertThat(thread.join()).isIn("pubsub-sqs-timeout", Thread.currentThread().getName());
	}

	@Test
	void whenThereIsAnAnswerPassesItOn() {
		CompletableFuture<String> answer = RequestTimeout.ofOurs(Duration.ofMinutes(1)).on(this.call);
		this.call.complete("done");
		assertThat(answer).isCompletedWithValue("done");
	}

	@Test
	void whenTheCallFailsPassesTheFailureOn() {
		// The SDK returns what follows its own future: such failures come wrapped.
		CompletableFuture<String> answer = RequestTimeout.ofOurs(Duration.ofMinutes(1))
			.on(this.call.whenComplete((done, ex) -> {
			}));
		IllegalStateException failure = new IllegalStateException("no");
		this.call.completeExceptionally(failure);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join).withCause(failure);
	}

	@Test
	void whenTheSdkHasTheTimeoutLeavesTheCallToIt() {
		RequestTimeout timeout = RequestTimeout.ofSdk(Duration.ofSeconds(25), Duration.ofSeconds(5));
		assertThat(timeout.on(this.call)).isSameAs(this.call);
	}

	@Test
	void whenAClientIsNotTheSdksOwnLeavesItsTimeoutsToTheSdk() {
		assertThat(RequestTimeout.canBeOurs(new FakeSqs())).isFalse();
	}

}
