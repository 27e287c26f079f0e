package io.pubsub.source;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * The reading of one input to its end, or until its subscription is stopped. Closes the
 * input.
 *
 * @param name the name of the input
 * @param input the input
 * @param progress the listener for the progress of the reading
 * @param subscription the subscription that hands the lines over
 */
record LineReader(String name, LineInput input, Progress progress, LineSubscription subscription) implements Runnable {

	@Override
	public void run() {
		this.subscription.endOfInput(read());
	}

	private @Nullable InputException read() {
		try (this.input) {
			for (Line line = next(); line != null; line = next()) {
				this.progress.at(this.input.bytesRead());
				this.subscription.take(line);
			}
		}
		catch (IOException ex) {
			return new InputException("%s cannot be read after line %d".formatted(this.name, this.input.lineNumber()),
					ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return null;
	}

	private @Nullable Line next() throws IOException, InterruptedException {
		return this.subscription.awaitTurn() ? this.input.next() : null;
	}

}
