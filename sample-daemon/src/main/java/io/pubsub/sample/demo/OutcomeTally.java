package io.pubsub.sample.demo;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;

/**
 * Counts the outcomes of all deliveries, by media type.
 */
final class OutcomeTally implements OutcomeListener {

	@GuardedBy("this")
	private final Set<String> messages = new HashSet<>();

	@GuardedBy("this")
	private final Map<String, Map<Outcome.Kind, Integer>> counts = new TreeMap<>();

	@Override
	public synchronized void onOutcome(DispatchResult result) {
		String mediaType = (result.mediaType() != null) ? result.mediaType().value() : "(no media type)";
		this.counts.computeIfAbsent(mediaType, (key) -> new EnumMap<>(Outcome.Kind.class))
			.merge(result.outcome().kind(), 1, Integer::sum);
		this.messages.add(result.messageId());
	}

	/**
	 * The number of messages that were delivered at least once.
	 * @return the number at this moment
	 */
	synchronized int messages() {
		return this.messages.size();
	}

	/**
	 * The counts as a table.
	 * @return a heading, a line for each media type, and the sums
	 */
	synchronized String table() {
		Map<Outcome.Kind, Integer> total = new EnumMap<>(Outcome.Kind.class);
		this.counts.values().forEach((line) -> line.forEach((kind, count) -> total.merge(kind, count, Integer::sum)));
		int width = this.counts.keySet().stream().mapToInt(String::length).max().orElse("total".length());
		StringBuilder table = new StringBuilder(" ".repeat(width));
		for (Outcome.Kind kind : Outcome.Kind.values()) {
			table.append("  ").append(kind);
		}
		this.counts.forEach((mediaType, line) -> append(table, width, mediaType, line));
		append(table, width, "total", total);
		return table.toString();
	}

	private static void append(StringBuilder table, int width, String title, Map<Outcome.Kind, Integer> line) {
		table.append('\n').append(title).append(" ".repeat(width - title.length()));
		for (Outcome.Kind kind : Outcome.Kind.values()) {
			Integer count = line.get(kind);
			String cell = (count != null) ? count.toString() : "-";
			table.append(" ".repeat(2 + kind.name().length() - cell.length())).append(cell);
		}
	}

}
