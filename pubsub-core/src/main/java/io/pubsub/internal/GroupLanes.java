package io.pubsub.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * The groups of ordered messages: in each, one message has its turn and those that came
 * after it wait.
 * <p>
 * Safe for use by many threads.
 *
 * @param <T> the type of the messages
 */
public final class GroupLanes<T> {

	@GuardedBy("this")
	private final Map<String, Lane<T>> lanes = new HashMap<>();

	/**
	 * Lets messages into the lane of their group if nothing is in there.
	 * @param group the group
	 * @param messages the messages, in order, at least one
	 * @return {@code true} if it is the turn of the first; otherwise nothing has changed
	 */
	public synchronized boolean enterIfFree(String group, List<T> messages) {
		Deque<T> waiting = new ArrayDeque<>(messages);
		return this.lanes.putIfAbsent(group, new Lane<>(waiting.remove(), waiting)) == null;
	}

	/**
	 * Lets a message into the lane of its group.
	 * @param group the group
	 * @param message the message
	 * @return {@code true} if it is its turn; otherwise it waits
	 */
	public boolean enter(String group, T message) {
		return enter(group, List.of(message));
	}

	/**
	 * Lets messages into the lane of their group.
	 * @param group the group
	 * @param messages the messages, in order, at least one
	 * @return {@code true} if it is the turn of the first; otherwise all wait
	 */
	public synchronized boolean enter(String group, List<T> messages) {
		Lane<T> lane = this.lanes.get(group);
		if (lane == null) {
			return enterIfFree(group, messages);
		}
		lane.waiting().addAll(messages);
		return false;
	}

	/**
	 * Takes out a message, whether it has its turn or waits.
	 * @param group the group
	 * @param message the message
	 * @return the message whose turn it has become; {@code null} if that of another one
	 * goes on, or if none waits
	 */
	public synchronized @Nullable T leave(String group, T message) {
		Lane<T> lane = this.lanes.get(group);
		if (lane == null) {
			return null;
		}
		if (!lane.turn().equals(message)) {
			lane.waiting().remove(message);
			return null;
		}
		T next = lane.waiting().poll();
		if (next == null) {
			this.lanes.remove(group);
		}
		else {
			this.lanes.put(group, new Lane<>(next, lane.waiting()));
		}
		return next;
	}

	/**
	 * Takes out all that wait. The message that has its turn keeps it.
	 * @param group the group
	 * @return the messages that waited, in order
	 */
	public synchronized List<T> takeWaiting(String group) {
		Lane<T> lane = this.lanes.get(group);
		if (lane == null) {
			return List.of();
		}
		List<T> taken = List.copyOf(lane.waiting());
		lane.waiting().clear();
		return taken;
	}

	private record Lane<T>(T turn, Deque<T> waiting) {

	}

}
