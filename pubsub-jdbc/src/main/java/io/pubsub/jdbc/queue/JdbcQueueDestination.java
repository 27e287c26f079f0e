package io.pubsub.jdbc.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.pubsub.internal.LogText;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * {@link Destination} of {@link JdbcQueue}s. All messages for a queue are put in one
 * transaction: that of the caller, if there is one, unless it is {@link #independent()}.
 *
 * @since 0.1.0
 */
public final class JdbcQueueDestination implements Destination {

	private final Function<String, @Nullable JdbcQueue> queues;

	private final boolean independent;

	/**
	 * Makes a destination.
	 * @param queues the queue of an address, {@code null} if the address has none
	 */
	public JdbcQueueDestination(Function<String, @Nullable JdbcQueue> queues) {
		this(queues, false);
	}

	private JdbcQueueDestination(Function<String, @Nullable JdbcQueue> queues, boolean independent) {
		this.queues = queues;
		this.independent = independent;
	}

	/**
	 * The same destination for callers that may be in a transaction whose end is none of
	 * its business, such as one that is just committed: it has transactions of its own.
	 * @return the destination
	 */
	public JdbcQueueDestination independent() {
		return new JdbcQueueDestination(this.queues, true);
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		Map<String, List<Integer>> addresses = new LinkedHashMap<>();
		for (int i = 0; i < messages.size(); i++) {
			addresses.computeIfAbsent(messages.get(i).address(), (address) -> new ArrayList<>()).add(i);
		}
		PublishResult[] results = new PublishResult[messages.size()];
		addresses.forEach((address, places) -> {
			List<PublishResult> published = publish(address, places.stream().map(messages::get).toList());
			for (int i = 0; i < places.size(); i++) {
				results[places.get(i)] = published.get(i);
			}
		});
		return CompletableFuture.completedFuture(List.of(results));
	}

	private List<PublishResult> publish(String address, List<OutboundMessage> messages) {
		try {
			JdbcQueue queue = this.queues.apply(address);
			if (queue == null) {
				throw new IllegalArgumentException(
						"There is no queue with the address '%s'".formatted(LogText.of(address)));
			}
			List<QueueMessage> put = messages.stream().map(JdbcQueueDestination::message).toList();
			List<String> ids = this.independent ? queue.store().putAlone(put) : queue.put(put);
			return ids.stream().map(PublishResult::published).toList();
		}
		catch (RuntimeException ex) {
			return Collections.nCopies(messages.size(), PublishResult.failed(ex));
		}
	}

	private static QueueMessage message(OutboundMessage message) {
		return new QueueMessage(message.body(), message.attributes(), message.groupId(), message.deduplicationId());
	}

}
