package io.pubsub.folder;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of files by a function of their names. A file for which the function fails
 * comes last.
 * <p>
 * Safe for use by many threads.
 */
final class CandidateOrder {

	private static final Logger logger = LoggerFactory.getLogger(FolderQueue.class);

	private static final int REMEMBERED = 10_000;

	private final Function<String, @Nullable String> function;

	@GuardedBy("this")
	private final Set<String> reported = new HashSet<>();

	CandidateOrder(Function<String, @Nullable String> function) {
		this.function = function;
	}

	synchronized Candidate.Order of(String name) {
		try {
			String text = this.function.apply(name);
			return new Candidate.Order(text == null, (text != null) ? text : "", name);
		}
		catch (RuntimeException ex) {
			if (this.reported.size() < REMEMBERED && this.reported.add(name)) {
				logger.warn("The order of {} is not known: it comes last", LogText.of(name), LogText.printable(ex));
			}
			return new Candidate.Order(true, "", name);
		}
	}

}
