package io.pubsub.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scopes of all interceptors for one message, the outermost first.
 */
final class OriginScopes implements OriginScope {

	private static final Logger logger = LoggerFactory.getLogger(OriginScopes.class);

	private final List<OriginScope> scopes = new ArrayList<>();

	/**
	 * Begins a message, until one of the interceptors refuses it.
	 * @param interceptors the interceptors, the outermost first
	 * @param pipeline the name of the pipeline
	 * @param content the content of the message
	 * @param context the context of the message
	 * @return the scopes of those that have begun it
	 */
	static OriginScopes begin(List<OriginInterceptor> interceptors, String pipeline, Object content,
			MessageContext context) {
		OriginScopes all = new OriginScopes();
		for (OriginInterceptor interceptor : interceptors) {
			all.scopes.add(begin(interceptor, pipeline, content, context));
			if (all.refusal() != null) {
				break;
			}
		}
		return all;
	}

	private static OriginScope begin(OriginInterceptor interceptor, String pipeline, Object content,
			MessageContext context) {
		try {
			return interceptor.begin(pipeline, content, context);
		}
		catch (Throwable ex) {
			return new Refusal(Outcome.of(ex));
		}
	}

	@Override
	public @Nullable Outcome refusal() {
		return this.scopes.isEmpty() ? null : this.scopes.get(this.scopes.size() - 1).refusal();
	}

	/**
	 * Begins a batch.
	 * @param interceptors the interceptors, the outermost first
	 * @param pipeline the name of the pipeline
	 * @param messages the scopes of its messages
	 * @return the scope of the batch; if that is of one message, its surroundings
	 */
	static OriginScope join(List<OriginInterceptor> interceptors, String pipeline, List<OriginScopes> messages) {
		if (messages.size() == 1) {
			return new Borrowed(messages.get(0));
		}
		OriginScopes all = new OriginScopes();
		for (int i = 0; i < interceptors.size(); i++) {
			int index = i;
			all.scopes.add(join(interceptors.get(i), pipeline,
					messages.stream().map((message) -> message.scopes.get(index)).toList()));
		}
		return all;
	}

	private static OriginScope join(OriginInterceptor interceptor, String pipeline, List<OriginScope> messages) {
		try {
			return interceptor.beginBatch(pipeline, messages);
		}
		catch (RuntimeException ex) {
			logger.warn("A batch of the pipeline {} has no surroundings of {}", pipeline,
					interceptor.getClass().getName(), LogText.printable(ex));
			return PLAIN;
		}
	}

	@Override
	public AutoCloseable open() {
		if (this.scopes.isEmpty()) {
			return NOTHING;
		}
		List<AutoCloseable> entered = new ArrayList<>(this.scopes.size());
		try {
			this.scopes.forEach((scope) -> entered.add(scope.open()));
		}
		catch (RuntimeException | Error ex) {
			closeAll(entered);
			throw ex;
		}
		return () -> closeAll(entered);
	}

	// One that fails must not keep the others open.
	private static void closeAll(List<AutoCloseable> entered) {
		for (int i = entered.size() - 1; i >= 0; i--) {
			close(entered.get(i));
		}
	}

	private static void close(AutoCloseable entered) {
		try {
			entered.close();
		}
		catch (Exception ex) {
			logger.warn("The surroundings of a message could not be left", LogText.printable(ex));
		}
	}

	// An interrupt was for the functions, and would keep a store from its work.
	@Override
	public Outcome end(Outcome outcome) {
		boolean interrupted = !this.scopes.isEmpty() && Thread.interrupted();
		Outcome current = outcome;
		for (int i = this.scopes.size() - 1; i >= 0; i--) {
			current = end(this.scopes.get(i), current);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return current;
	}

	private static Outcome end(OriginScope scope, Outcome outcome) {
		try {
			return scope.end(outcome);
		}
		catch (Throwable ex) {
			return Outcome.of(ex);
		}
	}

	/**
	 * The surroundings of a message around a batch, which does not end them.
	 *
	 * @param message the scope of the message
	 */
	private record Borrowed(OriginScope message) implements OriginScope {

		@Override
		public AutoCloseable open() {
			return this.message.open();
		}

	}

	private record Refusal(Outcome outcome) implements OriginScope {

		@Override
		public Outcome refusal() {
			return this.outcome;
		}

	}

}
