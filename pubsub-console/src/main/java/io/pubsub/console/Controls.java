package io.pubsub.console;

import java.util.Map;
import java.util.function.BiFunction;

import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Pauses and resumes consumers, and changes their concurrency.
 *
 * @param daemons the consumers
 */
record Controls(ObjectProvider<Daemons> daemons) implements Deed.Catalog {

	@Override
	public Map<String, Deed> deeds() {
		return Map.of("pause", change((daemon, order) -> {
			daemon.pause();
			return new Result("%s has paused. What is in flight goes on.".formatted(order.target()));
		}), "resume", change((daemon, order) -> {
			daemon.resume();
			return new Result("%s receives again.".formatted(order.target()));
		}), "concurrency", change((daemon, order) -> {
			int number = concurrency(order.value());
			daemon.concurrency(number);
			return new Result(
					"%s handles up to %d messages at once, until the process ends.".formatted(order.target(), number));
		}));
	}

	private Deed change(BiFunction<ConsumerDaemon, Order, Object> deed) {
		return Deed.change((order) -> deed.apply(find(order.target()), order));
	}

	private ConsumerDaemon find(@Nullable String name) {
		ManagedDaemon found = this.daemons.stream()
			.flatMap((all) -> all.all().stream())
			.filter((daemon) -> daemon.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new RefusedException(Reply.NOT_FOUND, "There is no consumer of that name."));
		if (!found.daemon().isRunning()) {
			throw new RefusedException(Reply.CONFLICT, "%s does not run.".formatted(found.name()));
		}
		return found.daemon();
	}

	private static int concurrency(@Nullable String value) {
		try {
			int number = Integer.parseInt(String.valueOf(value));
			if (number >= 1 && number <= Receiver.MAX_CONCURRENCY) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// Told below, as a number that is out of range.
		}
		throw new RefusedException(Reply.BAD_REQUEST,
				"The concurrency is a number from 1 to %d.".formatted(Receiver.MAX_CONCURRENCY));
	}

	/**
	 * What the page is told of something that was done.
	 *
	 * @param done a sentence for the user
	 */
	record Result(String done) {

		@Override
		public String toString() {
			return this.done;
		}

	}

}
