package io.pubsub.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of all interceptors for one message, the outermost first.
 */
final class OriginScopes implements OriginScope {

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

	OriginScope scope(int index) {
		return this.scopes.get(index);
	}

	@Override
	public AutoCloseable open() {
		if (this.scopes.isEmpty()) {
			return NOTHING;
		}
		return enter(this.scopes.stream().map(OriginScope::open).toList());
	}

	/**
	 * Joins ways out.
	 * @param entered the surroundings in the order in which they were entered
	 * @return the way out of all
	 */
	static AutoCloseable enter(List<AutoCloseable> entered) {
		if (entered.isEmpty()) {
			return NOTHING;
		}
		return () -> {
			for (int i = entered.size() - 1; i >= 0; i--) {
				entered.get(i).close();
			}
		};
	}

	@Override
	public Outcome end(Outcome outcome) {
		Outcome current = outcome;
		for (int i = this.scopes.size() - 1; i >= 0; i--) {
			current = end(this.scopes.get(i), current);
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

	private record Refusal(Outcome outcome) implements OriginScope {

		@Override
		public Outcome refusal() {
			return this.outcome;
		}

	}

}
