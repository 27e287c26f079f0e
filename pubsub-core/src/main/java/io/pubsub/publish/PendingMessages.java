package io.pubsub.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are ready to go and wait for something to be over.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class PendingMessages {

	private final PublishScopes scopes;

	@GuardedBy("this")
	private final Map<SnsProducer, List<OutboundMessage>> messages = new LinkedHashMap<>();

	PendingMessages(PublishScopes scopes) {
		this.scopes = scopes;
	}

	synchronized void add(SnsProducer producer, List<OutboundMessage> added) {
		this.messages.computeIfAbsent(producer, (key) -> new ArrayList<>()).addAll(added);
	}

	/**
	 * Says that what the messages waited for has come about: they are published, or wait
	 * for what is open around it. Called on the thread of what they waited for.
	 * @throws PublishException if a message could not be published
	 */
	public void release() {
		PublishScope around = this.scopes.taking();
		moveTo((around != null) ? around.pending() : null);
	}

	/**
	 * How many messages wait.
	 * @return the number at this moment
	 */
	public synchronized int size() {
		return this.messages.values().stream().mapToInt(List::size).sum();
	}

	void moveTo(@Nullable PendingMessages next) {
		Map<SnsProducer, List<OutboundMessage>> released = take();
		if (next != null) {
			released.forEach(next::add);
			return;
		}
		List<PublishResult> results = new ArrayList<>();
		released.forEach((producer, ready) -> results.addAll(producer.sendNow(ready)));
		new PublishReport(results).orThrow();
	}

	private synchronized Map<SnsProducer, List<OutboundMessage>> take() {
		Map<SnsProducer, List<OutboundMessage>> taken = new LinkedHashMap<>(this.messages);
		this.messages.clear();
		return taken;
	}

	/**
	 * Says how many messages there are, and nothing of what they say.
	 */
	@Override
	public String toString() {
		return "PendingMessages[" + size() + "]";
	}

}
