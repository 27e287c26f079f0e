package io.pubsub.dispatch;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import io.pubsub.IgnoreMessageException;
import io.pubsub.MessageContext;
import io.pubsub.NackException;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.SkipMessageException;
import io.pubsub.schema.InvalidMessageException;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.schema.UntrustedMessageException;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The way of one message through a {@link MessageDispatcher}: time to live, handler,
 * content, interceptors, attempts, call (MC-40).
 */
final class Dispatch {

	// Seconds since 1970 have had as many digits since 1973, and have them until 2286.
	private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{9,10}(\\.[0-9]{1,20})?");

	private static final int NANO_DIGITS = 9;

	private final MessageDispatcher.Rules rules;

	private final Delivery delivery;

	private final InboundMessage message;

	private final int attempt;

	private final Handling handling = new Handling();

	private @Nullable MessageContext context;

	private @Nullable Handler handler;

	private @Nullable String deadLetterReason;

	private boolean untried;

	Dispatch(MessageDispatcher.Rules rules, Delivery delivery) {
		this.rules = rules;
		this.delivery = delivery;
		this.message = delivery.message();
		this.attempt = delivery.attempt();
	}

	DispatchResult run() {
		long start = System.nanoTime();
		Outcome handled = outcome();
		this.untried |= UntriedDeliveries.isUntried(handled);
		Outcome outcome = judge(handled);
		this.rules.untried().note(this.message.id(), this.untried, outcome);
		Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
		return new DispatchResult(this.message.id(), this.attempt, this.context, this.handler, outcome, elapsed);
	}

	// Why no further delivery can end better than this one; null if one may.
	@Nullable String deadLetterReason() {
		return this.deadLetterReason;
	}

	// The handler is not called again after its last attempt.
	private Outcome judge(Outcome outcome) {
		if (outcome.kind().isAcknowledged() || this.untried || tries() < this.rules.maxAttempts()) {
			return outcome;
		}
		if (this.deadLetterReason == null) {
			this.deadLetterReason = MessageDispatcher.ATTEMPTS;
		}
		return (outcome.kind() == Outcome.Kind.RETRIED) ? failed(outcome) : outcome;
	}

	private static Outcome failed(Outcome retried) {
		String reason = (retried.reason() != null) ? retried.reason() : MessageDispatcher.ATTEMPTS;
		return Outcome.failed(reason, retried.cause());
	}

	private int tries() {
		return this.attempt - this.rules.untried().of(this.message.id());
	}

	private Outcome outcome() {
		try {
			return handle(open());
		}
		catch (MalformedMessageException ex) {
			this.deadLetterReason = MessageDispatcher.MALFORMED;
			return Outcome.failed(MessageDispatcher.MALFORMED, ex);
		}
		catch (UntrustedMessageException ex) {
			this.deadLetterReason = MessageDispatcher.UNTRUSTED;
			return Outcome.failed(MessageDispatcher.UNTRUSTED, ex);
		}
		catch (NackException ex) {
			this.untried = true;
			return Outcome.of(ex);
		}
		catch (Throwable ex) {
			return outcome(ex);
		}
	}

	// Whatever the code of users throws about a body, it will throw again, and its text
	// may quote the body.
	private OpenedMessage open() {
		try {
			OpenedMessage opened = this.rules.envelope().open(this.message);
			return Objects.requireNonNull(opened, "an envelope must not return null");
		}
		catch (MalformedMessageException | UntrustedMessageException | NackException | SkipMessageException
				| IgnoreMessageException ex) {
			throw ex;
		}
		catch (Exception | StackOverflowError ex) {
			throw new MalformedMessageException("the envelope cannot open it (" + ex.getClass().getName() + ")");
		}
	}

	private Outcome handle(OpenedMessage opened) throws Exception {
		MessageContext context = context(opened);
		this.context = context;
		if (context.timeToLive() != null && context.timeToLive() <= 0) {
			return Outcome.expired("its time to live is used up");
		}
		Handler handler = this.rules.handlers().find(context.mediaType());
		this.handler = handler;
		if (handler != null) {
			return handle(opened, context, handler);
		}
		return isDeliveredTooOften() ? deliveredTooOften() : Outcome.ignored("no handler");
	}

	private boolean isDeliveredTooOften() {
		return tries() > this.rules.maxAttempts();
	}

	private static Outcome deliveredTooOften() {
		return Outcome.failed(MessageDispatcher.ATTEMPTS, null);
	}

	private MessageContext context(OpenedMessage opened) {
		OpaqueData opaqueData = opened.opaqueData();
		Integer remaining = this.rules.timeToLive().remaining(opaqueData);
		if (remaining != null) {
			opaqueData = opaqueData.with(OpaqueData.TIME_TO_LIVE, remaining.toString());
		}
		return new MessageContext(this.message.id(), opened.mediaType(), this.attempt, remaining,
				publishedAt(opaqueData.get(OpaqueData.PUBLISHED)), opaqueData, opened.attributes(),
				this.message.groupId(), opened.snsMessageId(), this.delivery);
	}

	// What makes no sense counts as absent: a stranger's header is no reason to lose a
	// message.
	private static @Nullable Instant publishedAt(@Nullable String seconds) {
		if (seconds == null || !EPOCH_SECONDS.matcher(seconds).matches()) {
			return null;
		}
		BigDecimal time = new BigDecimal(seconds);
		return Instant.ofEpochSecond(time.longValue(),
				time.remainder(BigDecimal.ONE).movePointRight(NANO_DIGITS).intValue());
	}

	// A handler may throw the exceptions of a codec too, for a message that it publishes:
	// that says nothing of this one.
	private Outcome handle(OpenedMessage opened, MessageContext context, Handler handler) {
		Object content;
		try {
			content = this.rules.codec().decode(opened, handler.contentType());
		}
		catch (InvalidMessageException ex) {
			this.deadLetterReason = MessageDispatcher.INVALID;
			return Outcome.failed(MessageDispatcher.INVALID, ex);
		}
		try {
			return invoke(handler, content, context);
		}
		catch (Throwable ex) {
			return outcome(ex);
		}
	}

	private Outcome invoke(Handler handler, Object content, MessageContext context) throws Exception {
		Callable<Outcome> work = () -> unlessLost(proceed(handler, content, context, 0));
		try (MessageContext.Scope current = context.makeCurrent();
				LogContext log = LogContext.of(context, handler, this.rules.loggedKeys())) {
			this.delivery
				.onLost(() -> this.handling.interrupt(MessageDispatcher.LOST, "the message could not be kept"));
			HandlingTimeLimit limit = this.rules.timeLimit();
			if (limit != null) {
				limit.watch(this.handling, handler, this.delivery);
			}
			return this.handling.call(work);
		}
	}

	// Whoever looks first tells of a loss: what should, may come late after a pause.
	private Outcome unlessLost(Outcome outcome) {
		return this.delivery.isLost() ? lost() : outcome;
	}

	private static Outcome lost() {
		return Outcome.failed(MessageDispatcher.LOST, null);
	}

	private Outcome proceed(Handler handler, Object content, MessageContext context, int next) throws Exception {
		if (next == this.rules.interceptors().size()) {
			return call(handler, content, context);
		}
		DispatchInterceptor interceptor = this.rules.interceptors().get(next);
		return insist(interceptor.intercept(content, context, () -> proceed(handler, content, context, next + 1)),
				interceptor);
	}

	// Not before the interceptors: one of them may know that the last attempt succeeded.
	private Outcome call(Handler handler, Object content, MessageContext context) throws Exception {
		if (this.delivery.isLost()) {
			return lost();
		}
		if (isDeliveredTooOften()) {
			return deliveredTooOften();
		}
		try {
			return insist(handler.target().handle(content, context), handler);
		}
		finally {
			this.handling.endForeignInterrupt();
		}
	}

	// The code of users is not held to our annotations.
	private static Outcome insist(@Nullable Outcome outcome, Object origin) {
		if (outcome == null) {
			throw new IllegalStateException(origin + " returned null instead of an Outcome");
		}
		return outcome;
	}

	private static Outcome outcome(Throwable thrown) {
		if (thrown instanceof Handling.InterruptedHandlingException ex) {
			return Outcome.failed(ex.reason(), ex);
		}
		return Outcome.of(thrown);
	}

}
