package io.pubsub.autoconfigure.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;

import io.pubsub.folder.FolderState;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * How a folder stands, as a table for people.
 *
 * @param state the state
 * @param now the time at which that was read
 * @param most the largest number of files of each kind
 */
record FolderTable(FolderState state, Instant now, int most) {

	private static final int KILO = 1024;

	private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");

	/**
	 * The table.
	 * @param folder the folder
	 * @return lines, ready to be printed
	 */
	String text(Path folder) {
		StringBuilder text = new StringBuilder(LogText.of(folder) + ": " + summary());
		section(text, this.state.waiting(), List.of("WAITING", "SIZE", "ATTEMPTS", ""), this::waiting);
		section(text, this.state.atWork(), List.of("AT WORK", "SINCE", "BY", "LAST SIGN OF LIFE"), this::atWork);
		section(text, this.state.dead(), List.of("DEAD", ""), FolderTable::dead);
		section(text, this.state.incomplete(), List.of("INCOMPLETE GROUP", "MISSING", "THERE"),
				FolderTable::incomplete);
		section(text, this.state.producers(), List.of("PRODUCER", ""), FolderTable::producer);
		return text.toString();
	}

	/**
	 * The numbers of files.
	 * @return a part of a sentence
	 */
	String summary() {
		StringJoiner summary = new StringJoiner(", ");
		summary.add(this.state.waiting().size() + " waiting").add(this.state.atWork().size() + " at work");
		if (this.state.done() != null) {
			summary.add(this.state.done() + " done");
		}
		summary.add(this.state.dead().size() + " dead");
		int incomplete = this.state.incomplete().size();
		if (incomplete > 0) {
			summary.add((incomplete == 1) ? "1 group incomplete" : incomplete + " groups incomplete");
		}
		return summary.toString();
	}

	private List<String> waiting(FolderState.Waiting file) {
		String why = (file.reason() != null) ? file.reason() : "";
		if (file.due() != null) {
			why = "again in " + time(Duration.between(this.now, file.due())) + (why.isEmpty() ? "" : ": " + why);
		}
		return List.of(file.name(), size(file.size()), (file.attempts() > 0) ? String.valueOf(file.attempts()) : "",
				this.state.stray().contains(file.name()) ? "completes no group" : why);
	}

	private List<String> atWork(FolderState.AtWork file) {
		return List.of(file.name(), ago(file.since()), file.consumer(),
				(file.lastSign() != null) ? ago(file.lastSign()) + " ago" : "none");
	}

	private static List<String> dead(FolderState.Dead file) {
		return List.of(file.name(), (file.reason() != null) ? file.reason() : "for a reason that nobody has left");
	}

	private static List<String> incomplete(FolderState.Incomplete group) {
		return List.of(group.key(), String.join(", ", group.missing()), String.join(", ", group.items()));
	}

	private static List<String> producer(FolderState.Announced producer) {
		return List.of(producer.name(),
				producer.state() + (producer.reason().isEmpty() ? "" : ": " + producer.reason()));
	}

	private <T> void section(StringBuilder text, List<T> things, List<String> titles, Function<T, List<String>> cells) {
		if (things.isEmpty()) {
			return;
		}
		List<List<String>> rows = new ArrayList<>(List.of(titles));
		things.stream().limit(this.most).map(cells).forEach(rows::add);
		text.append(System.lineSeparator());
		rows.forEach((row) -> text.append(System.lineSeparator()).append(line(row, rows)));
		if (things.size() > this.most) {
			text.append("%n  and %,d more (--all shows them)".formatted(things.size() - this.most));
		}
	}

	// Anybody may have named the files: they must not steer the terminal.
	private static String line(List<String> row, List<List<String>> rows) {
		StringBuilder line = new StringBuilder();
		for (int column = 0; column < row.size(); column++) {
			int position = column;
			int width = rows.stream().mapToInt((other) -> LogText.of(other.get(position)).length()).max().orElse(0);
			String cell = LogText.of(row.get(column));
			line.append("  ").append(cell).append(" ".repeat(width - cell.length()));
		}
		return line.toString().stripTrailing();
	}

	private static String size(long bytes) {
		double size = bytes;
		int unit = 0;
		while (size >= KILO && unit < UNITS.size() - 1) {
			size /= KILO;
			unit++;
		}
		return ((unit == 0) ? "%.0f %s" : "%.1f %s").formatted(size, UNITS.get(unit));
	}

	private String ago(@Nullable Instant time) {
		return (time != null) ? time(Duration.between(time, this.now)) : "";
	}

	private static String time(Duration duration) {
		long seconds = Math.max(duration.toSeconds(), 0);
		if (seconds < Duration.ofMinutes(2).toSeconds()) {
			return seconds + " s";
		}
		if (seconds < Duration.ofHours(2).toSeconds()) {
			return duration.toMinutes() + " min";
		}
		return (duration.toDays() < 2) ? duration.toHours() + " h" : duration.toDays() + " days";
	}

}
