package io.pubsub.aws.sqs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The calls to one queue. The queue is found by its address at the first call, and a
 * failure names the queue and the call.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class QueueClient {

	private final SqsAsyncClient client;

	private final QueueAddress address;

	private final QueueResolver resolver;

	/**
	 * Makes a client of a queue.
	 * @param client the client of SQS, which stays the caller's
	 * @param queue the URL, ARN or name of the queue
	 * @throws IllegalArgumentException if it is none of these, or in another region than
	 * the one that the client asks, which has no endpoint of its own
	 */
	public QueueClient(SqsAsyncClient client, String queue) {
		this.client = client;
		this.address = QueueAddress.parse(queue);
		this.resolver = new QueueResolver(client, this.address);
	}

	/**
	 * The name of the queue.
	 * @return the name, without account and region
	 */
	public String name() {
		return this.address.name();
	}

	/**
	 * Whether the queue keeps the order of the messages of a group.
	 * @return {@code true} for a FIFO queue
	 */
	public boolean isFifo() {
		return this.address.isFifo();
	}

	/**
	 * The URL of the queue.
	 * @return the URL
	 * @throws RuntimeException as {@link #call(String, BiFunction)}
	 */
	public String url() {
		return call("GetQueueUrl", (client, url) -> CompletableFuture.completedFuture(url));
	}

	/**
	 * Makes a call and waits for its answer.
	 * @param operation the SQS operation, such as {@code GetQueueAttributes}
	 * @param call makes the call to a queue, given by its URL
	 * @param <T> the type of the answer
	 * @return the answer
	 * @throws QueueNotFoundException if the queue does not exist
	 * @throws QueueAccessDeniedException if the call is not permitted
	 * @throws MissingCredentialsException if there are no credentials
	 * @throws software.amazon.awssdk.core.exception.SdkException if it failed otherwise
	 */
	public <T> T call(String operation, BiFunction<SqsAsyncClient, String, CompletableFuture<T>> call) {
		try {
			return send(operation, call).join();
		}
		catch (CompletionException ex) {
			Throwable cause = QueueFailures.unwrap(ex);
			throw (cause instanceof RuntimeException failure) ? failure : ex;
		}
	}

	/**
	 * Makes a call.
	 * @param operation the SQS operation, such as {@code SendMessage}
	 * @param call makes the call to a queue, given by its URL
	 * @param <T> the type of the answer
	 * @return the answer, or the failure as {@link #call(String, BiFunction)} throws it
	 */
	public <T> CompletableFuture<T> send(String operation,
			BiFunction<SqsAsyncClient, String, CompletableFuture<T>> call) {
		return this.resolver.url()
			.thenCompose((url) -> call.apply(this.client, url)
				.exceptionallyCompose((failure) -> CompletableFuture
					.failedFuture(QueueFailures.translate(this.address.text(), operation, failure))));
	}

	/**
	 * Whether the next call to the queue would fail as well, until somebody acts.
	 * @param failure the failure of a call
	 * @return {@code true} if the queue is missing, or may not be used
	 */
	public static boolean isLasting(Throwable failure) {
		return QueueFailures.isLasting(QueueFailures.unwrap(failure));
	}

	/**
	 * The address of the queue.
	 */
	@Override
	public String toString() {
		return this.address.text();
	}

}
