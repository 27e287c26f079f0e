package io.pubsub.aws.sqs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The groups of a FIFO queue: in each, one message is worked on and those that came after
 * it wait.
 * <p>
 * Safe for use by many threads.
 *
 * @param <T> the messages
 */
final class GroupLanes<T> {

	private final Map<String, Deque<T>> waiting = new HashMap<>();

	/**
	 * Lets a message into the lane of its group.
	 * @param group the group
	 * @param message the message
	 * @return {@code true} if it is its turn; otherwise it waits
	 */
	synchronized boolean enter(String group, T message) {
		Deque<T> lane = this.waiting.get(group);
		if (lane == null) {
			this.waiting.put(group, new ArrayDeque<>());
			return true;
		}
		lane.add(message);
		return false;
	}

	/**
	 * Ends the turn of the message that is worked on.
	 * @param group the group
	 * @return the message whose turn it is now, or {@code null} if none waits
	 */
	synchronized @Nullable T next(String group) {
		Deque<T> lane = this.waiting.get(group);
		T next = (lane != null) ? lane.poll() : null;
		if (next == null) {
			this.waiting.remove(group);
		}
		return next;
	}

	/**
	 * Takes out all that wait. The message that is worked on keeps its turn.
	 * @param group the group
	 * @return what waited, in order
	 */
	synchronized List<T> takeWaiting(String group) {
		Deque<T> lane = this.waiting.get(group);
		if (lane == null) {
			return List.of();
		}
		List<T> taken = List.copyOf(lane);
		lane.clear();
		return taken;
	}

}
