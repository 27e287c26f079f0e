package io.pubsub.autoconfigure.deadletter;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.aws.deadletter.LetterContent;
import io.pubsub.aws.deadletter.NoSuchLetterException;
import io.pubsub.aws.deadletter.QueueState;
import io.pubsub.aws.deadletter.ReplayOptions;
import io.pubsub.aws.deadletter.Report;
import io.pubsub.aws.deadletter.Selection;
import io.pubsub.daemon.Rate;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows the dead letters of the service, and replays and discards them where that is
 * switched on. It opens no queue but those of the service, and one piece of work is done
 * at a time.
 */
@WebEndpoint(id = "pubsubdeadletters")
final class PubSubDeadLettersEndpoint {

	private static final Logger logger = LoggerFactory.getLogger(PubSubDeadLettersEndpoint.class);

	private static final int STATUS_FORBIDDEN = 403;

	private static final int STATUS_CONFLICT = 409;

	private static final int DEFAULT_MAX = 100;

	private static final int MOST = 1_000;

	private final ReentrantLock working = new ReentrantLock();

	private final DeadLetterWorkbench workbench;

	private final WorkbenchProperties properties;

	PubSubDeadLettersEndpoint(DeadLetterWorkbench workbench, WorkbenchProperties properties) {
		this.workbench = workbench;
		this.properties = properties;
	}

	// It does not look at their letters.
	@ReadOperation
	WebEndpointResponse<Object> queues() {
		return answer(() -> new Queues(this.properties.writeEnabled(), this.properties.showContent(),
				this.workbench.queues()
					.entrySet()
					.stream()
					.map((queue) -> Queue.of(queue.getKey(), this.workbench.open(queue.getValue()).state()))
					.toList()));
	}

	@ReadOperation
	WebEndpointResponse<Object> list(@Selector String queue, @Nullable Integer max) {
		return answer(() -> ListingView.of(open(queue).list(Selection.ALL, most(max))));
	}

	@ReadOperation
	WebEndpointResponse<Object> show(@Selector String queue, @Selector String id, @Nullable Boolean content) {
		return answer(() -> {
			boolean wanted = Boolean.TRUE.equals(content);
			if (wanted && !this.properties.showContent()) {
				throw new Refusal(STATUS_FORBIDDEN,
						"The content is not shown here: pubsub.workbench.show-content is false");
			}
			LetterContent letter = open(queue).show(id, MOST);
			return wanted ? letter : letter.letter();
		});
	}

	// The body of a request has texts, numbers and truth values only, for the actuator.
	@WriteOperation
	WebEndpointResponse<Object> work(@Selector String queue, @Selector Action action, SecurityContext security,
			@Nullable String ids, @Nullable String reason, @Nullable String handler, @Nullable String mediaType,
			@Nullable String exception, @Nullable String olderThan, @Nullable String newerThan,
			@Nullable Boolean passing, @Nullable Boolean all, @Nullable Integer max, @Nullable String rate) {
		return answer(() -> {
			Selection chosen = new Selection(SelectionText.ids(ids), reason, handler, mediaType, exception,
					SelectionText.age("olderThan", olderThan), SelectionText.age("newerThan", newerThan),
					Boolean.TRUE.equals(passing));
			if (action == Action.DRY_RUN) {
				return ListingView.of(open(queue).list(chosen, most(max)));
			}
			checkWrite(chosen, all);
			DeadLetterQueue opened = open(queue);
			Supplier<Report> work = (action == Action.REPLAY)
					? () -> opened.replay(chosen, options(max, rate), (soFar) -> {
					}) : () -> opened.discard(chosen, most(max), (soFar) -> {
					});
			return alone(work, "%s of dead letters of %s, %s, by %s".formatted(action, LogText.of(queue),
					LogText.of(chosen), nameOf(security.getPrincipal())));
		});
	}

	private void checkWrite(Selection chosen, @Nullable Boolean all) {
		if (!this.properties.writeEnabled()) {
			throw new Refusal(STATUS_FORBIDDEN, "This endpoint only looks: pubsub.workbench.write-enabled is false");
		}
		if (chosen.isAll() && !Boolean.TRUE.equals(all)) {
			throw new IllegalArgumentException(
					"Nothing is selected: set ids, reason, handler, mediaType, exception, olderThan, newerThan"
							+ " or passing, or all to true");
		}
	}

	private Report alone(Supplier<Report> work, String what) {
		if (!this.working.tryLock()) {
			throw new Refusal(STATUS_CONFLICT, "Somebody is replaying or discarding letters with this process already");
		}
		try {
			logger.info("Begin: {}", what);
			Report report = work.get();
			logger.info("End: {}: {} done, {} failed, {} came back{}", what, report.done(), report.failures().size(),
					report.returned(), (report.stopped() != null) ? ", stopped: " + report.stopped() : "");
			return report;
		}
		finally {
			this.working.unlock();
		}
	}

	private static String nameOf(@Nullable Principal principal) {
		return (principal != null) ? LogText.of(principal.getName()) : "nobody known";
	}

	private DeadLetterQueue open(String queue) {
		Map<String, String> queues = this.workbench.queues();
		String address = queues.get(queue);
		if (address == null) {
			throw new Refusal(WebEndpointResponse.STATUS_NOT_FOUND,
					"This service has no queue %s for dead letters; it has %s".formatted(queue, queues.keySet()));
		}
		return this.workbench.open(address);
	}

	private static int most(@Nullable Integer max) {
		return Math.min(Math.max(Objects.requireNonNullElse(max, DEFAULT_MAX), 1), MOST);
	}

	private static ReplayOptions options(@Nullable Integer max, @Nullable String rate) {
		ReplayOptions defaults = ReplayOptions.DEFAULTS;
		return new ReplayOptions((rate != null) ? Rate.valueOf(rate) : defaults.rate(), null, most(max),
				defaults.maxReturned(), defaults.watch());
	}

	private static WebEndpointResponse<Object> answer(Supplier<Object> work) {
		try {
			return new WebEndpointResponse<>(work.get());
		}
		catch (Refusal ex) {
			return failure(ex.status, ex);
		}
		catch (NoSuchLetterException ex) {
			return failure(WebEndpointResponse.STATUS_NOT_FOUND, ex);
		}
		catch (IllegalArgumentException ex) {
			return failure(WebEndpointResponse.STATUS_BAD_REQUEST, ex);
		}
		catch (RuntimeException ex) {
			logger.warn("The endpoint pubsubdeadletters failed", LogText.printable(ex));
			return failure(WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR, ex);
		}
	}

	private static WebEndpointResponse<Object> failure(int status, RuntimeException ex) {
		return new WebEndpointResponse<>(Map.of("error", LogText.of(ex.getMessage())), status);
	}

	/**
	 * What is done with letters.
	 */
	enum Action {

		/** Looks which would be handled now. */
		DRY_RUN,

		/** Replays them. */
		REPLAY,

		/** Deletes them. */
		DISCARD

	}

	/**
	 * The queues of the service.
	 *
	 * @param writeEnabled whether letters can be replayed and discarded here
	 * @param showContent whether their content is shown here
	 * @param queues the queues
	 */
	record Queues(boolean writeEnabled, boolean showContent, List<Queue> queues) {

	}

	/**
	 * A queue. The numbers are estimates.
	 *
	 * @param name the name
	 * @param letters the number of letters that can be received
	 * @param hidden the number of letters that somebody has received
	 */
	record Queue(String name, long letters, long hidden) {

		static Queue of(String name, QueueState state) {
			return new Queue(name, state.visible(), state.hidden());
		}

	}

	/**
	 * Says no.
	 */
	private static final class Refusal extends RuntimeException {

		private final int status;

		Refusal(int status, String message) {
			super(message);
			this.status = status;
		}

	}

}
