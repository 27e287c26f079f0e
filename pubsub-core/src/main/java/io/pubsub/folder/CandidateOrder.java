package io.pubsub.folder;

import java.util.HashSet;
import java.util.Set;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of files by a text that is made of each. A file for which that fails comes
 * last.
 * <p>
 * Safe for use by many threads.
 */
final class CandidateOrder {

	private static final Logger logger = LoggerFactory.getLogger(FolderQueue.class);

	private static final int REMEMBERED = 10_000;

	private final Function function;

	@GuardedBy("this")
	private final Set<String> reported = new HashSet<>();

	CandidateOrder(Function function) {
		this.function = function;
	}

	synchronized Candidate.Order of(String name, FileVersion version) {
		try {
			String text = this.function.textOf(name, version);
			return new Candidate.Order(text == null, (text != null) ? text : "", name);
		}
		catch (RuntimeException ex) {
			if (this.reported.size() < REMEMBERED && this.reported.add(name)) {
				logger.warn("The order of {} is not known: it comes last", LogText.of(name), LogText.printable(ex));
			}
			return new Candidate.Order(true, "", name);
		}
	}

	/**
	 * Makes the text by which a file is sorted.
	 */
	@FunctionalInterface
	interface Function {

		/**
		 * Makes the text.
		 * @param name the name of the file
		 * @param version the file
		 * @return the text; {@code null} if there is none
		 */
		@Nullable String textOf(String name, FileVersion version);

	}

}
