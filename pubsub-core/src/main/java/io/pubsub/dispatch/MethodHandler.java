package io.pubsub.dispatch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.pubsub.MessageContext;
import io.pubsub.MessageHandler;
import io.pubsub.Outcome;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * {@link MessageHandler} that calls a method of a bean and reads an outcome from what the
 * method returns.
 */
final class MethodHandler implements MessageHandler<Object> {

	private final Object bean;

	private final Method method;

	private final boolean takesContext;

	MethodHandler(Object bean, Method method) {
		this.bean = bean;
		this.method = method;
		this.takesContext = method.getParameterCount() == 2;
	}

	static boolean canReturn(JavaType type) {
		JavaType[] promised = type.findTypeParameters(CompletionStage.class);
		return (promised.length > 0) ? promised[0].hasRawClass(Object.class) || isOutcome(promised[0])
				: type.hasRawClass(void.class) || isOutcome(type);
	}

	private static boolean isOutcome(JavaType type) {
		return Stream.of(Void.class, boolean.class, Boolean.class, Outcome.class).anyMatch(type::hasRawClass);
	}

	@Override
	public Outcome handle(Object content, MessageContext context) throws Exception {
		Object result = invoke(content, context);
		if (result instanceof CompletionStage<?> stage) {
			return outcome(await(stage), true);
		}
		return outcome(result, this.method.getReturnType() == void.class || this.method.getReturnType() == Void.class);
	}

	private @Nullable Object invoke(Object content, MessageContext context) throws Exception {
		try {
			return this.takesContext ? this.method.invoke(this.bean, content, context)
					: this.method.invoke(this.bean, content);
		}
		catch (InvocationTargetException ex) {
			throw rethrow(ex.getCause());
		}
	}

	// The thread waits, so that no more messages are handled at once than there are
	// threads.
	private static @Nullable Object await(CompletionStage<?> stage) throws Exception {
		try {
			return stage.toCompletableFuture().get();
		}
		catch (ExecutionException ex) {
			throw rethrow(ex.getCause());
		}
	}

	private static Exception rethrow(@Nullable Throwable thrown) {
		if (thrown instanceof Error error) {
			throw error;
		}
		return (thrown instanceof Exception ex) ? ex : new IllegalStateException("the handler failed", thrown);
	}

	private Outcome outcome(@Nullable Object result, boolean nullSucceeds) {
		if (result instanceof Outcome outcome) {
			return outcome;
		}
		if (result instanceof Boolean succeeded) {
			return succeeded ? Outcome.succeeded() : Outcome.skipped(null);
		}
		if (result == null && nullSucceeds) {
			return Outcome.succeeded();
		}
		throw new IllegalStateException("handler method %s returned %s; return void, a boolean, an Outcome or a"
			.formatted(this.method, (result != null) ? "a " + result.getClass().getName() : "null")
				+ " CompletionStage of one of these");
	}

}
