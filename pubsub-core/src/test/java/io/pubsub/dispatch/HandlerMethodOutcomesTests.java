package io.pubsub.dispatch;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import io.pubsub.Handles;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.HandlerMethodsTests.Order;
import io.pubsub.dispatch.HandlerMethodsTests.VoidHandler;
import io.pubsub.schema.SchemaRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for the outcomes of the methods that {@link HandlerMethods} finds.
 */
class HandlerMethodOutcomesTests {

	private final HandlerMethods methods = new HandlerMethods(new MediaTypes("example"),
			new SchemaRegistry(new MediaTypes("example"), true));

	@Test
	void voidSucceeds() throws Exception {
		assertThat(call(new VoidHandler())).isEqualTo(Outcome.succeeded());
	}

	@Test
	void trueSucceedsAndFalseSkips() throws Exception {
		assertThat(call(new BooleanHandler(true)).kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
		assertThat(call(new BooleanHandler(false)).kind()).isEqualTo(Outcome.Kind.SKIPPED);
	}

	@Test
	void returnsTheOutcomeThatTheMethodReturns() throws Exception {
		Outcome outcome = Outcome.ignored("not for us");
		assertThat(call(new OutcomeHandler(outcome))).isSameAs(outcome);
	}

	@Test
	void refusesNullForAnOutcome() {
		assertThatIllegalStateException().isThrownBy(() -> call(new OutcomeHandler(null)))
			.withMessageContaining("returned null");
	}

	@Test
	void waitsForACompletionStage() throws Exception {
		assertThat(call(new StageHandler(CompletableFuture.completedFuture(null)))).isEqualTo(Outcome.succeeded());
		assertThat(call(new StageHandler(CompletableFuture.completedFuture(false))).kind())
			.isEqualTo(Outcome.Kind.SKIPPED);
	}

	@Test
	void throwsWhatACompletionStageFailedWith() {
		StageHandler handler = new StageHandler(CompletableFuture.failedFuture(new IOException("gone")));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> call(handler)).withMessage("gone");
	}

	@Test
	void throwsWhatTheMethodThrows() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> call(new FailingHandler())).withMessage("gone");
	}

	@Test
	void passesTheContextToAMethodThatTakesIt() throws Exception {
		ContextHandler handler = new ContextHandler();
		call(handler);
		assertThat(handler.messageId).isEqualTo("m-1");
	}

	private Outcome call(Object bean) throws Exception {
		Handler handler = this.methods.find("bean", bean, bean.getClass()).get(0);
		return handler.target().handle(new Order(), HandlerMethodsTests.context());
	}

	record BooleanHandler(boolean result) {

		@Handles(Order.class)
		boolean on(Order order) {
			return this.result;
		}

	}

	record OutcomeHandler(@Nullable Outcome result) {

		@Handles
		@Nullable Outcome on(Order order) {
			return this.result;
		}

	}

	record StageHandler(CompletableFuture<@Nullable Object> result) {

		@Handles
		CompletableFuture<@Nullable Object> on(Order order) {
			return this.result;
		}

	}

	static class FailingHandler {

		@Handles
		void on(Order order) throws IOException {
			throw new IOException("gone");
		}

	}

	static class ContextHandler {

		private @Nullable String messageId;

		@Handles
		void on(Order order, MessageContext context) {
			this.messageId = context.messageId();
		}

	}

}
