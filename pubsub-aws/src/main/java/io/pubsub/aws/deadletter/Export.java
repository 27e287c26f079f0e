package io.pubsub.aws.deadletter;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Writes letters down, and leaves them where they are.
 *
 * @param selection chooses them
 * @param lines takes each as a line
 */
record Export(Predicate<Held> selection, Consumer<String> lines) implements Worker {

	@Override
	public void work(List<Held> letters, Sweep sweep, Tally tally) {
		letters.stream().filter(this.selection).forEach((held) -> {
			this.lines.accept(LetterLine.write(held.message()));
			tally.done();
		});
	}

}
