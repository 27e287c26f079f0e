package io.pubsub.aws.batch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.pubsub.transport.OutboundMessage;

/**
 * A request of the broker that takes up to ten messages for one address.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SendCall {

	/**
	 * Sends the request.
	 * @param address the address
	 * @param messages at least one message and at most ten
	 * @return an answer for each message, in their order; fails if the call as a whole
	 * did
	 */
	CompletableFuture<List<SendAnswer>> send(String address, List<OutboundMessage> messages);

	/**
	 * Sends the request for a single message. A broker may have a simpler one for it.
	 * @param message the message
	 * @return the answer; fails if the call did
	 */
	default CompletableFuture<SendAnswer> send(OutboundMessage message) {
		return send(message.address(), List.of(message)).thenApply((answers) -> answers.get(0));
	}

	/**
	 * Says what to do about the failure of a call.
	 * @param address the address
	 * @param failure the failure
	 * @return an exception that says what to do; by default the failure
	 */
	default Exception explain(String address, Throwable failure) {
		return (failure instanceof Exception ex) ? ex : new IllegalStateException("sending failed", failure);
	}

	/**
	 * The failure inside of what a {@link CompletableFuture} made of it.
	 * @param failure the failure
	 * @return its cause, or the failure as it is
	 */
	static Throwable causeOf(Throwable failure) {
		Throwable cause = failure.getCause();
		return (failure instanceof CompletionException && cause != null) ? cause : failure;
	}

	/**
	 * The attributes of a message in the type of the broker's client.
	 * @param message the message
	 * @param attribute the attribute with a text
	 * @param <T> the type of an attribute
	 * @return the attributes by name
	 */
	static <T> Map<String, T> attributes(OutboundMessage message, Function<String, T> attribute) {
		return message.attributes()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> attribute.apply(entry.getValue())));
	}

}
