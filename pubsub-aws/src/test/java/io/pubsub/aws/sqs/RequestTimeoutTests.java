package io.pubsub.aws.sqs;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.pubsub.test.TestClock;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestTimeout}.
 */
class RequestTimeoutTests {

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final TestClock clock = new TestClock();

	private final RequestTimeout timeout = RequestTimeout.ofOurs(LIMIT, this.clock.timekeeper());

	private final CompletableFuture<String> answer = new CompletableFuture<>();

	@Test
	void whenThereIsNoAnswerInTimeGivesTheRequestUp() {
		CompletableFuture<String> bounded = this.timeout.on(this.answer);
		this.clock.advance(LIMIT);
		assertThat(bounded).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(ApiCallTimeoutException.class)
			.withMessageContaining("5000 millis");
		assertThat(this.answer).isCompletedExceptionally();
	}

	@Test
	void whatFollowsATimeoutDoesNotHoldUpTheTimersOfOthers() {
		CompletableFuture<String> thread = this.timeout.on(this.answer)
			.exceptionally((failure) -> Thread.currentThread().getName());
		this.clock.advance(LIMIT);
		assertThat(thread.join()).isEqualTo("pubsub-sqs-timeout");
	}

	@Test
	void whenThereIsAnAnswerPassesItOn() {
		CompletableFuture<String> bounded = this.timeout.on(this.answer);
		this.answer.complete("done");
		this.clock.advance(LIMIT);
		assertThat(bounded).isCompletedWithValue("done");
	}

	@Test
	void whenTheRequestFailsPassesTheFailureOn() {
		IllegalStateException failure = new IllegalStateException("no");
		CompletableFuture<String> bounded = this.timeout.on(this.answer);
		this.answer.completeExceptionally(failure);
		assertThat(bounded).isCompletedExceptionally();
		assertThat(bounded.handle((done, thrown) -> thrown)).isCompletedWithValue(failure);
	}

	@Test
	void whenTheSdkHasTheTimeoutLeavesTheRequestToIt() {
		CompletableFuture<String> bounded = RequestTimeout.ofSdk(LIMIT, LIMIT).on(this.answer);
		this.clock.advance(LIMIT.multipliedBy(3));
		assertThat(bounded).isSameAs(this.answer).isNotDone();
	}

	@Test
	void timesTheRequestsOfTheSdksOwnClient() {
		try (SqsAsyncClient client = client()) {
			assertThat(RequestTimeout.canBeOurs(client)).isTrue();
		}
	}

	@Test
	void whenAClientIsNotTheSdksOwnLeavesItsTimeoutsToTheSdk() {
		assertThat(RequestTimeout.canBeOurs(new FakeSqs())).isFalse();
		try (SqsAsyncClient client = client()) {
			assertThat(RequestTimeout.canBeOurs(wrapped(client))).isFalse();
		}
	}

	private static SqsAsyncClient client() {
		return SqsAsyncClient.builder()
			.region(Region.EU_WEST_1)
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
	}

	// It knows the configuration of the client, but may answer otherwise.
	private static SqsAsyncClient wrapped(SqsAsyncClient client) {
		return (SqsAsyncClient) Proxy.newProxyInstance(RequestTimeoutTests.class.getClassLoader(),
				new Class<?>[] { SqsAsyncClient.class },
				(proxy, method, arguments) -> method.invoke(client, arguments));
	}

}
