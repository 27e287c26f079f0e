package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Bounds how long a call of SQS may take. The SDK does so with two timers a call, which
 * stay until they expire: under load thousands. So its own client is given a timer of
 * ours, which ends with the call. Other clients are left to the SDK: only it can tell
 * what they stand for to abort the request.
 */
final class RequestTimeout {

	// A mock is of the same package, but does not answer all that is asked below.
	private static final String SDK_CLIENT = SqsAsyncClient.class.getPackageName() + ".DefaultSqsAsyncClient";

	private final Duration limit;

	private final @Nullable AwsRequestOverrideConfiguration request;

	private RequestTimeout(Duration limit, @Nullable AwsRequestOverrideConfiguration request) {
		this.limit = limit;
		this.request = request;
	}

	/**
	 * Makes a timeout by the SDK, which attempts a call again.
	 * @param attempt the time that an attempt may take
	 * @param rest the further time that the call may take
	 * @return the timeout
	 */
	static RequestTimeout ofSdk(Duration attempt, Duration rest) {
		Duration limit = attempt.plus(rest);
		return new RequestTimeout(limit,
				AwsRequestOverrideConfiguration.builder().apiCallAttemptTimeout(attempt).apiCallTimeout(limit).build());
	}

	/**
	 * Makes a timeout with a timer that ends with the call.
	 * @param limit the time that the call may take
	 * @return the timeout
	 */
	static RequestTimeout ofOurs(Duration limit) {
		return new RequestTimeout(limit, null);
	}

	/**
	 * Whether {@link #ofOurs(Duration)} does for the calls of a client: it is the SDK's
	 * own, which aborts a request that is given up, and has no timeouts that might come
	 * earlier.
	 * @param client the client
	 * @return {@code false} if it needs {@link #ofSdk(Duration, Duration)}
	 */
	static boolean canBeOurs(SqsAsyncClient client) {
		if (!client.getClass().getName().equals(SDK_CLIENT)) {
			return false;
		}
		ClientOverrideConfiguration configuration = client.serviceClientConfiguration().overrideConfiguration();
		return configuration.apiCallTimeout().isEmpty() && configuration.apiCallAttemptTimeout().isEmpty();
	}

	/**
	 * What goes with the request.
	 * @return the configuration; {@code null} for none
	 */
	@Nullable AwsRequestOverrideConfiguration onRequest() {
		return this.request;
	}

	/**
	 * Gives the call up when its time is over, unless that is up to the SDK.
	 * @param call the call, as the client returned it
	 * @param <T> the type of the answer
	 * @return the answer, or an {@link ApiCallTimeoutException}
	 */
	<T> CompletableFuture<T> on(CompletableFuture<T> call) {
		if (this.request != null) {
			return call;
		}
		CompletableFuture<T> answer = new CompletableFuture<>();
		CompletableFuture<?> unused = call.orTimeout(this.limit.toMillis(), TimeUnit.MILLISECONDS)
			.whenComplete((response, failure) -> {
				if (failure instanceof TimeoutException) {
					timeOut(answer);
				}
				else if (failure != null) {
					answer.completeExceptionally(QueueFailures.unwrap(failure));
				}
				else {
					answer.complete(response);
				}
			});
		return answer;
	}

	// What follows may take long: the JDK has one thread for the timers of everybody.
	private void timeOut(CompletableFuture<?> answer) {
		Thread thread = new Thread(
				() -> answer.completeExceptionally(ApiCallTimeoutException.create(this.limit.toMillis())),
				"pubsub-sqs-timeout");
		thread.setDaemon(true);
		thread.start();
	}

}
