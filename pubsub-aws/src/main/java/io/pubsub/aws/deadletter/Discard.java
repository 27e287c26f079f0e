package io.pubsub.aws.deadletter;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;

/**
 * Deletes letters.
 *
 * @param selection chooses them
 */
record Discard(Predicate<Held> selection) implements Worker {

	@Override
	public void work(List<Held> letters, Sweep sweep, Tally tally) {
		letters.stream().filter(this.selection).forEach((held) -> discard(held, sweep, tally));
	}

	private static void discard(Held held, Sweep sweep, Tally tally) {
		try {
			sweep.delete(held).join();
			tally.done();
		}
		catch (CompletionException ex) {
			tally.failed(held.id(), (ex.getCause() != null) ? ex.getCause() : ex);
			tally.stop("letters cannot be deleted");
		}
	}

}
