package io.pubsub.aws.batch;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;

/**
 * The calls of a broker: so many at a time, each with an answer even if it fails as a
 * whole, and the rule for another attempt.
 */
final class Calls {

	private static final int MAX_ATTEMPTS = 4;

	private final SendCall call;

	private final CallTimer timer;

	private final InFlightLimit limit;

	Calls(SendCall call, CallTimer timer, InFlightLimit limit) {
		this.call = call;
		this.timer = timer;
		this.limit = limit;
	}

	CompletableFuture<SendAnswer> send(OutboundMessage message) {
		return run(() -> this.call.send(message)).exceptionally((failure) -> failed(message.address(), failure));
	}

	CompletableFuture<List<SendAnswer>> send(List<OutboundMessage> messages) {
		String address = messages.get(0).address();
		return run(() -> this.call.send(address, messages)).exceptionallyCompose((failure) -> {
			boolean someRefused = messages.size() > 1 && MessageFaults.isOfMessage(SendCall.causeOf(failure));
			return someRefused ? sendEach(messages)
					: CompletableFuture.completedFuture(Collections.nCopies(messages.size(), failed(address, failure)));
		});
	}

	// One of them is to blame, and the broker does not say which.
	private CompletableFuture<List<SendAnswer>> sendEach(List<OutboundMessage> messages) {
		List<CompletableFuture<SendAnswer>> answers = messages.stream().map(this::send).toList();
		return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
			.thenApply((nothing) -> answers.stream().map(CompletableFuture::join).toList());
	}

	// What follows a failure may take long: the timer of the calls has one thread.
	private <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> request) {
		return this.limit.run(() -> request.get().exceptionallyComposeAsync(CompletableFuture::failedFuture));
	}

	// The SDK has made its own attempts before a call fails as a whole.
	private SendAnswer failed(String address, Throwable failure) {
		Throwable cause = SendCall.causeOf(failure);
		Exception explained = this.call.explain(address, cause);
		return MessageFaults.isOfMessage(cause) ? new SendAnswer(PublishResult.refused(explained), false)
				: SendAnswer.failed(explained, false);
	}

	static boolean isWorthRetrying(SendAnswer answer, int attempt) {
		return answer.retryable() && attempt < MAX_ATTEMPTS;
	}

	CompletableFuture<Void> pause(int attempt) {
		return this.timer.pause(attempt);
	}

}
