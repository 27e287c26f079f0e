package io.pubsub.source;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OrderedReceiver;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.TrackedDelivery;
import io.pubsub.transport.internal.BlockedSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a subscription, which makes all calls of the feed and hands over what
 * it gave. It tells what has ended before it asks for more.
 */
final class PullLoop {

	private static final Logger logger = LoggerFactory.getLogger(PullSource.class);

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final FeedCalls calls;

	private final PulledMessages messages;

	private final PullPauses pauses;

	private final PullPermission permission;

	private final Semaphore changes;

	private final OrderedReceiver receiver;

	private final BlockedSignal blocked;

	private final Thread thread;

	private volatile @Nullable UpstreamFailedException failure;

	/**
	 * Makes a loop that has not begun.
	 * @param calls the calls of the feed
	 * @param messages the messages of the feed
	 * @param pauses the pauses between calls
	 * @param permission the permission to pull
	 * @param changes the signal of these three, of which one permit or many mean the same
	 * @param receiver the receiver of the messages
	 */
	PullLoop(FeedCalls calls, PulledMessages messages, PullPauses pauses, PullPermission permission, Semaphore changes,
			Receiver receiver) {
		this.calls = calls;
		this.messages = messages;
		this.pauses = pauses;
		this.permission = permission;
		this.changes = changes;
		this.receiver = new OrderedReceiver(receiver);
		this.blocked = new BlockedSignal(receiver, this::isBlocked);
		this.thread = new Thread(this::run, "pubsub-" + calls.name());
		// A feed that blocks must not keep the process alive.
		this.thread.setDaemon(true);
	}

	void start() {
		tellIfBlocked();
		this.thread.start();
	}

	/**
	 * Tells the receiver if it has become blocked, or is no longer.
	 */
	void tellIfBlocked() {
		this.blocked.changed();
	}

	private void run() {
		for (Runnable work = nextWork(); work != null; work = nextWork()) {
			work.run();
			tellIfBlocked();
		}
		this.permission.end();
		this.calls.close();
		end();
	}

	private void end() {
		UpstreamFailedException reason = this.failure;
		if (reason != null) {
			this.ended.completeExceptionally(reason);
		}
		else {
			this.ended.complete(null);
		}
	}

	private @Nullable Runnable nextWork() {
		// What changes after this ends the wait.
		this.changes.drainPermits();
		while (!isAtEnd()) {
			Runnable work = dueWork();
			if (work != null) {
				return work;
			}
			awaitChange();
		}
		return null;
	}

	private boolean isAtEnd() {
		return (this.messages.isClosed() || this.pauses.isEndOfFeed()) && this.messages.isEmpty();
	}

	private void awaitChange() {
		try {
			this.changes.acquire();
			this.changes.drainPermits();
		}
		catch (InterruptedException ex) {
			logger.debug("Pulling from {} was interrupted while it waited", this.calls.name(), ex);
		}
	}

	private @Nullable Runnable dueWork() {
		// What is at work keeps the permission, so that nobody else begins meanwhile.
		if (this.permission.isDue() && (this.permission.isGiven() || !this.messages.isClosed())) {
			return this::askPermission;
		}
		List<PulledMessages.End> ends = this.messages.nextEnds();
		if (!ends.isEmpty()) {
			return () -> tell(ends);
		}
		int free = this.messages.free();
		if (this.messages.isClosed() || !this.permission.isGiven() || free == 0) {
			return null;
		}
		if (this.messages.hasKept()) {
			return this::handOver;
		}
		return this.pauses.areOver() ? () -> pull(free) : null;
	}

	private void askPermission() {
		if (!this.permission.ask()) {
			this.messages.giveBackUnbegun();
		}
	}

	private void tell(List<PulledMessages.End> ends) {
		Set<String> untold = this.calls.tell(ends.stream().map(PulledMessages.End::result).toList());
		for (PulledMessages.End end : ends) {
			if (end.failure() != null) {
				this.pauses.failed(end.isDueAgain());
			}
			this.messages.told(end);
			end.complete(!untold.contains(end.id()));
		}
	}

	private void handOver() {
		this.receiver.receive(this.messages.putInFlight());
	}

	private void pull(int most) {
		this.pauses.asking();
		FeedCalls.Answer answer = this.calls.next(most);
		boolean fresh = this.messages.take(answer.messages().stream().map(this::open).toList());
		this.pauses.answered(answer, fresh);
		if (answer.end() != null) {
			this.failure = answer.end();
			this.messages.close();
		}
	}

	private TrackedDelivery open(InboundMessage message) {
		return new TrackedDelivery(message, this.calls.attempt(message.id()), this.messages);
	}

	private boolean isBlocked() {
		return !this.permission.isGiven() || this.messages.isFull()
				|| (this.pauses.isEndOfFeed() && !this.messages.hasKept());
	}

	/**
	 * Waits for the end, which comes when the messages are closed or the feed is at its
	 * end, and all are told.
	 * @param time the longest time to wait
	 * @return {@code false} if it has not come
	 */
	boolean endsWithin(Duration time) {
		try {
			this.ended.get(Math.max(time.toNanos(), 0), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Waits no longer for a feed that does not answer.
	 */
	void giveUp() {
		this.thread.interrupt();
		end();
	}

	CompletableFuture<Void> ended() {
		return this.ended;
	}

}
