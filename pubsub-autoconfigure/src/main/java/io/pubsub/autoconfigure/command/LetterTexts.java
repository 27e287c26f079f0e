package io.pubsub.autoconfigure.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.aws.deadletter.Letter;
import io.pubsub.aws.deadletter.LetterGroup;
import io.pubsub.aws.deadletter.Listing;
import io.pubsub.aws.deadletter.Report;
import io.pubsub.aws.deadletter.Selection;
import io.pubsub.dispatch.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters in words.
 */
final class LetterTexts {

	private static final int FEW = 5;

	private static final String INDENT = "    ";

	private final Instant now;

	private final boolean fifo;

	LetterTexts(Instant now, boolean fifo) {
		this.now = now;
		this.fifo = fifo;
	}

	String listing(Listing listing) {
		List<String> lines = head(listing);
		for (LetterGroup group : listing.groups()) {
			lines.add("");
			lines.add("%d x %s".formatted(group.count(), named(group)));
			lines.add(INDENT
					+ "%s; %d of %d would be handled now".formatted(ages(group), group.passing(), group.count()));
			listing.letters()
				.stream()
				.filter((letter) -> group.ids().contains(letter.id()))
				.limit(FEW)
				.forEach((letter) -> lines.add(INDENT + line(letter)));
			addMore(lines, group.count());
		}
		lines.addAll(tail(listing));
		return String.join(System.lineSeparator(), lines);
	}

	String dryRun(Listing listing) {
		List<String> lines = head(listing);
		Map<String, List<Letter>> byVerdict = listing.letters()
			.stream()
			.collect(Collectors.groupingBy(LetterTexts::verdict, LinkedHashMap::new, Collectors.toList()));
		byVerdict.forEach((verdict, letters) -> {
			lines.add("");
			lines.add("%d %s".formatted(letters.size(), verdict));
			letters.stream().limit(FEW).forEach((letter) -> {
				lines.add(INDENT + letter.id());
				problems(letter.today()).limit(FEW).forEach((problem) -> lines.add(INDENT + INDENT + problem));
			});
			addMore(lines, letters.size());
		});
		lines.addAll(tail(listing));
		return String.join(System.lineSeparator(), lines);
	}

	private static List<String> head(Listing listing) {
		List<String> lines = new ArrayList<>();
		if (listing.seen() == 0) {
			lines.add(listing.queue() + ": there are no dead letters to receive");
			if (listing.hidden() > 0) {
				lines.add("About %d are hidden, because somebody has received them: try again in a minute"
					.formatted(listing.hidden()));
			}
			return lines;
		}
		lines.add("%s: received %d of about %d dead letters".formatted(listing.queue(), listing.seen(),
				Math.max(listing.about(), listing.seen()))
				+ ((listing.letters().size() != listing.seen())
						? ", of which %d are selected".formatted(listing.letters().size()) : ""));
		return lines;
	}

	private List<String> tail(Listing listing) {
		List<String> lines = new ArrayList<>();
		if (listing.seen() > 0) {
			lines.add("");
			lines.add((listing.notice() != null) ? listing.notice()
					: "All are visible again. This look counts as one more receive of each."
							+ (this.fifo ? " Their groups waited meanwhile." : ""));
		}
		return lines;
	}

	private static void addMore(List<String> lines, int count) {
		if (count > FEW) {
			lines.add(INDENT + "and %d more; --json has all".formatted(count - FEW));
		}
	}

	private static String named(LetterGroup group) {
		String exception = group.exception();
		return Stream
			.of(group.reason(), (exception != null) ? exception.substring(exception.lastIndexOf('.') + 1) : null,
					group.handler(), group.mediaType())
			.map((part) -> (part != null) ? part : "-")
			.collect(Collectors.joining("  "));
	}

	private String ages(LetterGroup group) {
		String oldest = age(group.oldest());
		String newest = age(group.newest());
		return oldest.equals(newest) ? oldest + " old" : "%s to %s old".formatted(newest, oldest);
	}

	private String age(@Nullable Instant instant) {
		if (instant == null) {
			return "?";
		}
		Duration age = Duration.between(instant, this.now);
		if (age.toDays() > 1) {
			return age.toDays() + " days";
		}
		if (age.toHours() > 1) {
			return age.toHours() + " h";
		}
		return (age.toMinutes() > 1) ? age.toMinutes() + " min" : Math.max(age.toSeconds(), 0) + " s";
	}

	private String line(Letter letter) {
		return "%s  %s old, received %s%s, from %s".formatted(letter.id(), age(letter.sentAt()),
				times(letter.receives()), replays(letter), (letter.source() != null) ? letter.source() : "?");
	}

	private static String replays(Letter letter) {
		return (letter.replays() > 0) ? ", replayed " + times(letter.replays()) : "";
	}

	private static String times(int number) {
		return (number != 1) ? number + " times" : "once";
	}

	private static String verdict(Letter letter) {
		Verdict today = letter.today();
		if (today == null) {
			return "cannot be judged: nothing in this service consumes the queue that they came from";
		}
		return today.passes() ? "would be handled now, by " + today.handler() : "would not be handled: %s%s"
			.formatted(today.reason(), (today.mediaType() != null) ? ", " + today.mediaType() : "");
	}

	private static Stream<String> problems(@Nullable Verdict today) {
		if (today == null) {
			return Stream.empty();
		}
		return Stream.concat(Stream.ofNullable(today.fault()), today.violations().stream().map(Object::toString));
	}

	/**
	 * One letter, without its content.
	 * @param letter the letter
	 * @return lines
	 */
	String letter(Letter letter) {
		Map<String, @Nullable Object> facts = new LinkedHashMap<>();
		facts.put("id", letter.id());
		facts.put("reason", letter.reason());
		facts.put("exception", letter.exception());
		facts.put("fault", letter.fault());
		facts.put("handler", letter.handler());
		facts.put("media type", letter.mediaType());
		facts.put("came from", letter.source());
		facts.put("age", age(letter.sentAt()));
		facts.put("receives", letter.receives());
		facts.put("replays", letter.replays());
		facts.put("group", letter.group());
		List<String> lines = new ArrayList<>();
		facts.forEach((name, value) -> {
			if (value != null) {
				lines.add("%-12s%s".formatted(name, value));
			}
		});
		letter.violations().forEach((violation) -> lines.add("%-12s%s".formatted("violation", violation)));
		lines.add("");
		lines.add("Today it " + verdict(letter));
		problems(letter.today()).forEach((problem) -> lines.add(INDENT + problem));
		return String.join(System.lineSeparator(), lines);
	}

	/**
	 * The letters that are meant, as the object of a sentence.
	 * @param selection the selection
	 * @return words
	 */
	static String selection(Selection selection) {
		if (selection.isAll()) {
			return "all letters";
		}
		Map<String, @Nullable Object> conditions = new LinkedHashMap<>();
		conditions.put("reason", selection.reason());
		conditions.put("handler", selection.handler());
		conditions.put("media type", selection.mediaType());
		conditions.put("exception", selection.exception());
		conditions.put("older than", selection.olderThan());
		conditions.put("newer than", selection.newerThan());
		conditions.put("with one of so many ids:", selection.ids().isEmpty() ? null : selection.ids().size());
		conditions.put("that would be handled now", selection.passing() ? "" : null);
		return "the letters " + conditions.entrySet()
			.stream()
			.filter((condition) -> condition.getValue() != null)
			.map((condition) -> (condition.getKey() + " " + condition.getValue()).strip())
			.collect(Collectors.joining(", "));
	}

	static String missing(int ids) {
		return (ids > 0) ? System.lineSeparator()
				+ "%d of the ids are not in the queue, or are hidden because somebody has received them".formatted(ids)
				: "";
	}

	/**
	 * What to know while SQS moves letters.
	 * @param arn the ARN of the queue for dead letters
	 * @param handle the handle of the task
	 * @return lines
	 */
	static String moving(String arn, String handle) {
		return """
				SQS is moving the letters back. It fails at a letter that a daemon has put there, and marks none.
				How far it is:  aws sqs list-message-move-tasks --source-arn %s
				To stop it:     aws sqs cancel-message-move-task --task-handle %s""".formatted(arn, handle);
	}

	static String report(Report report, String verb) {
		List<String> lines = new ArrayList<>();
		lines.add("%s %d of about %d letters".formatted(verb, report.done(), Math.max(report.about(), report.done())));
		int left = report.left() - report.returned();
		if (left > 0) {
			lines.add("Others that were received and left as they are: %d".formatted(left));
		}
		if (report.returned() > 0) {
			lines.add("%d came back: what is wrong with them is not mended".formatted(report.returned()));
		}
		report.failures().forEach((failure) -> lines.add("Failed: %s: %s".formatted(failure.id(), failure.why())));
		if (report.stopped() != null) {
			lines.add("Stopped before the end: " + report.stopped());
		}
		if (report.notice() != null) {
			lines.add(report.notice());
		}
		return String.join(System.lineSeparator(), lines);
	}

}
