package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Bounds how long a call of SQS may take. The SDK can do so too, but with two timers a
 * call that stay until they expire, long after the answer: thousands of them under load.
 */
final class TimedCall {

	private TimedCall() {
	}

	/**
	 * Gives up a call that is not answered in time.
	 * @param limit how long it may take
	 * @param call the call, as the SDK returned it
	 * @param <T> the type of the answer
	 * @return the answer, or an {@link ApiCallTimeoutException}
	 */
	static <T> CompletableFuture<T> within(Duration limit, CompletableFuture<T> call) {
		return call.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).exceptionally((failure) -> {
			throw new CompletionException((failure instanceof TimeoutException)
					? ApiCallTimeoutException.create(limit.toMillis()) : QueueFailures.unwrap(failure));
		});
	}

}
