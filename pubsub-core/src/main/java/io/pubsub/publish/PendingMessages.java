package io.pubsub.publish;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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
	private final List<Waiting> messages = new ArrayList<>();

	@GuardedBy("this")
	private @Nullable Consumer<List<OutboundMessage>> keeper;

	PendingMessages(PublishScopes scopes) {
		this.scopes = scopes;
	}

	void add(SnsProducer producer, List<OutboundMessage> added) {
		Consumer<List<OutboundMessage>> next = collect(producer, added);
		if (next != null) {
			next.accept(added);
		}
	}

	private synchronized @Nullable Consumer<List<OutboundMessage>> collect(SnsProducer producer,
			List<OutboundMessage> added) {
		if (this.keeper == null) {
			added.forEach((message) -> this.messages.add(new Waiting(producer, message)));
		}
		return this.keeper;
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
	 * Hands over what waits, and from now on whatever comes, at once. What waits is
	 * handed over together; nothing of it is left to {@link #release()}.
	 * @param keeper the keeper of the messages, called in the thread of who adds them
	 */
	public void handOver(Consumer<List<OutboundMessage>> keeper) {
		List<OutboundMessage> handed;
		synchronized (this) {
			this.keeper = keeper;
			handed = this.messages.stream().map(Waiting::message).toList();
			this.messages.clear();
		}
		if (!handed.isEmpty()) {
			keeper.accept(handed);
		}
	}

	/**
	 * Drops the last messages, because what they tell of was taken back.
	 * @param size the number of messages that stay, the first ones
	 */
	public synchronized void truncate(int size) {
		if (size < this.messages.size()) {
			this.messages.subList(size, this.messages.size()).clear();
		}
	}

	/**
	 * How many messages wait.
	 * @return the number at this moment
	 */
	public synchronized int size() {
		return this.messages.size();
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
		Map<SnsProducer, List<OutboundMessage>> taken = new LinkedHashMap<>();
		this.messages.forEach((waiting) -> taken.computeIfAbsent(waiting.producer(), (key) -> new ArrayList<>())
			.add(waiting.message()));
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

	/**
	 * One message.
	 *
	 * @param producer the producer that sends it
	 * @param message the message
	 */
	private record Waiting(SnsProducer producer, OutboundMessage message) {
	}

}
