package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsServiceClientConfiguration;

/**
 * Bounds how long a request to SQS may take. The SDK does so with two timers a request,
 * which stay until they expire: under load thousands. So its own client is given a timer
 * of ours, which ends with the request. Other clients are left to the SDK: only it can
 * tell what they stand for to abort the request.
 */
final class RequestTimeout {

	private final Duration limit;

	private final @Nullable Timekeeper time;

	private final @Nullable AwsRequestOverrideConfiguration override;

	private RequestTimeout(Duration limit, @Nullable Timekeeper time,
			@Nullable AwsRequestOverrideConfiguration override) {
		this.limit = limit;
		this.time = time;
		this.override = override;
	}

	/**
	 * Makes a timeout by the SDK, which attempts a request again.
	 * @param attempt the time that an attempt may take
	 * @param rest the further time that the request may take
	 * @return the timeout
	 */
	static RequestTimeout ofSdk(Duration attempt, Duration rest) {
		Duration limit = attempt.plus(rest);
		return new RequestTimeout(limit, null,
				AwsRequestOverrideConfiguration.builder().apiCallAttemptTimeout(attempt).apiCallTimeout(limit).build());
	}

	/**
	 * Makes a timeout with a timer that ends with the request. Once the timekeeper is
	 * closed, only the SDK's limit for the silence of a connection is left.
	 * @param limit the time that the request may take
	 * @param time the time
	 * @return the timeout
	 */
	static RequestTimeout ofOurs(Duration limit, Timekeeper time) {
		return new RequestTimeout(limit, time, null);
	}

	/**
	 * Whether {@link #ofOurs} does for the requests of a client: it is the SDK's own,
	 * which aborts a request that is given up, and has no timeouts that might come
	 * earlier.
	 * @param client the client
	 * @return {@code false} if it needs {@link #ofSdk}
	 */
	static boolean canBeOurs(SqsAsyncClient client) {
		// Whatever wraps a client is elsewhere. A mock is not, but has no configuration.
		if (!Objects.equals(client.getClass().getPackage(), SqsAsyncClient.class.getPackage())) {
			return false;
		}
		SqsServiceClientConfiguration configuration = client.serviceClientConfiguration();
		return configuration != null && hasNoTimeout(configuration.overrideConfiguration());
	}

	private static boolean hasNoTimeout(ClientOverrideConfiguration configuration) {
		return configuration.apiCallTimeout().isEmpty() && configuration.apiCallAttemptTimeout().isEmpty();
	}

	/**
	 * What goes with the request.
	 * @return the configuration; {@code null} for none
	 */
	@Nullable AwsRequestOverrideConfiguration onRequest() {
		return this.override;
	}

	/**
	 * Gives the request up when its time is over, unless that is up to the SDK, whose
	 * future it is in any case.
	 * @param answer the answer, as the client returned it
	 * @param <T> the type of the answer
	 * @return the answer; it fails with an {@link ApiCallTimeoutException} when its time
	 * is over
	 */
	<T> CompletableFuture<T> on(CompletableFuture<T> answer) {
		if (this.time != null && !answer.isDone()) {
			Timekeeper.Task end = this.time.after(this.limit, () -> timeOut(answer));
			CompletableFuture<?> unused = answer.whenComplete((response, failure) -> end.cancel());
		}
		return answer;
	}

	// What follows may take long: the timekeeper has one thread.
	private void timeOut(CompletableFuture<?> answer) {
		Thread thread = new Thread(
				() -> answer.completeExceptionally(ApiCallTimeoutException.create(this.limit.toMillis())),
				"pubsub-sqs-timeout");
		thread.setDaemon(true);
		thread.start();
	}

}
