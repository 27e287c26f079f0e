package io.pubsub.console;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import io.pubsub.autoconfigure.deadletter.DeadLetterWorkbench;
import io.pubsub.autoconfigure.deadletter.ListingView;
import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.LetterContent;
import io.pubsub.aws.deadletter.QueueState;
import io.pubsub.aws.deadletter.ReplayOptions;
import io.pubsub.aws.deadletter.Report;
import io.pubsub.aws.deadletter.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Shows the dead letters of the service, replays and discards them. Only queues of the
 * service are opened, and one piece of work is done at a time.
 */
final class Letters implements Deed.Catalog {

	private static final int MOST = 500;

	private final ReentrantLock working = new ReentrantLock();

	private final DeadLetterWorkbench workbench;

	private final boolean showContent;

	Letters(DeadLetterWorkbench workbench, boolean showContent) {
		this.workbench = workbench;
		this.showContent = showContent;
	}

	@Override
	public Map<String, Deed> deeds() {
		return Map.of("letter-queues", Deed.look((order) -> queues()), "letters",
				Deed.look((order) -> ListingView.of(open(order).list(Selection.ALL, MOST))), "letter",
				Deed.look(this::show), "dry-run",
				Deed.look((order) -> ListingView.of(open(order).list(chosen(order), MOST))), "replay",
				Deed.change((order) -> work(order, "replayed",
						(queue) -> queue.replay(chosen(order), options(order), (soFar) -> {
						}))),
				"discard", Deed.change((order) -> work(order, "discarded",
						(queue) -> queue.discard(chosen(order), order.ids().size(), (soFar) -> {
						}))));
	}

	private List<Queue> queues() {
		return this.workbench.queues()
			.entrySet()
			.stream()
			.map((queue) -> Queue.of(queue.getKey(), this.workbench.open(queue.getValue()).state()))
			.toList();
	}

	private Object show(Order order) {
		LetterContent content = open(order).show(only(order), MOST);
		return this.showContent ? content : new Content(content.letter(), null, Map.of());
	}

	private static String only(Order order) {
		if (order.ids().size() != 1) {
			throw new RefusedException(Reply.BAD_REQUEST, "One letter is shown at a time.");
		}
		return order.ids().get(0);
	}

	private DeadLetterQueue open(Order order) {
		Map<String, String> queues = this.workbench.queues();
		String address = queues.get(String.valueOf(order.target()));
		if (address == null) {
			throw new RefusedException(Reply.NOT_FOUND,
					"This service has no such queue for dead letters. It has %s.".formatted(queues.keySet()));
		}
		return this.workbench.open(address);
	}

	// A selection without ids would be all letters.
	private static Selection chosen(Order order) {
		if (order.ids().isEmpty()) {
			throw new RefusedException(Reply.BAD_REQUEST, "No letter is selected.");
		}
		return Selection.of(Set.copyOf(order.ids()));
	}

	private static ReplayOptions options(Order order) {
		ReplayOptions defaults = ReplayOptions.DEFAULTS;
		return new ReplayOptions(defaults.rate(), null, order.ids().size(), defaults.maxReturned(), defaults.watch());
	}

	private Result work(Order order, String done, Function<DeadLetterQueue, Report> work) {
		DeadLetterQueue queue = open(order);
		if (!this.working.tryLock()) {
			throw new RefusedException(Reply.CONFLICT,
					"Letters are being replayed or discarded here already. Wait for the end.");
		}
		try {
			return Result.of(work.apply(queue), done, order.ids().size());
		}
		finally {
			this.working.unlock();
		}
	}

	/**
	 * A letter without its content, where that is not shown.
	 *
	 * @param letter the letter, without its content
	 * @param body always {@code null}
	 * @param attributes always empty
	 */
	record Content(Object letter, @Nullable String body, Map<String, String> attributes) {

	}

	/**
	 * A queue. The numbers are estimates.
	 *
	 * @param name the name
	 * @param letters the letters that can be received
	 * @param hidden the letters that somebody has received
	 */
	record Queue(String name, long letters, long hidden) {

		static Queue of(String name, QueueState state) {
			return new Queue(name, state.visible(), state.hidden());
		}

	}

	/**
	 * What became of letters.
	 *
	 * @param done sentences for the user
	 * @param complete whether all went as it was meant to
	 */
	record Result(String done, boolean complete) {

		static Result of(Report report, String done, int wanted) {
			StringBuilder text = new StringBuilder("%d of %d %s.".formatted(report.done(), wanted, done));
			if (report.returned() > 0) {
				text.append(" %d came back: their handler still fails.".formatted(report.returned()));
			}
			report.failures()
				.stream()
				.findFirst()
				.ifPresent((failure) -> text
					.append(" %d failed, the first because %s.".formatted(report.failures().size(), failure.why())));
			if (report.stopped() != null) {
				text.append(" It stopped: %s.".formatted(report.stopped()));
			}
			if (report.notice() != null) {
				text.append(' ').append(report.notice());
			}
			return new Result(text.toString(), report.isComplete() && report.done() == wanted);
		}

		@Override
		public String toString() {
			return this.done;
		}

	}

}
