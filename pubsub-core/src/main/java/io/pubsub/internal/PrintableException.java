package io.pubsub.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Stands in a log for an exception whose text, or that of a cause, must not be printed as
 * it is.
 */
final class PrintableException extends Exception {

	// More than that nobody reads.
	private static final int MOST_LINKS = 50;

	private PrintableException(Throwable original, @Nullable Throwable cause) {
		super(LogText.of(original), cause);
		setStackTrace(original.getStackTrace());
	}

	static Throwable of(Throwable original) {
		return isPrintable(original, newSet()) ? original : copyOf(original, newSet());
	}

	private static Set<Throwable> newSet() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

	private static boolean isPrintable(Throwable link, Set<Throwable> seen) {
		if (!seen.add(link)) {
			return true;
		}
		return seen.size() <= MOST_LINKS && hasCleanText(link)
				&& (link.getCause() == null || isPrintable(link.getCause(), seen))
				&& Arrays.stream(link.getSuppressed()).allMatch((suppressed) -> isPrintable(suppressed, seen));
	}

	// Some logs take the one, some the other.
	private static boolean hasCleanText(Throwable link) {
		try {
			String message = link.getMessage();
			return LogText.of(link).equals(link.toString()) && (message == null || LogText.of(message).equals(message));
		}
		catch (RuntimeException | StackOverflowError ex) {
			return false;
		}
	}

	private static PrintableException copyOf(Throwable link, Set<Throwable> seen) {
		seen.add(link);
		Throwable cause = link.getCause();
		PrintableException copy = new PrintableException(link,
				(cause != null && isNew(cause, seen)) ? copyOf(cause, seen) : null);
		for (Throwable suppressed : link.getSuppressed()) {
			if (isNew(suppressed, seen)) {
				copy.addSuppressed(copyOf(suppressed, seen));
			}
		}
		return copy;
	}

	private static boolean isNew(Throwable link, Set<Throwable> seen) {
		return !seen.contains(link) && seen.size() < MOST_LINKS;
	}

}
