package io.pubsub.dispatch;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.micrometer.context.ContextSnapshotFactory;
import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.MessageContextAccessor;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.dispatch.internal.LogContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LogContextAccessor} and {@link MessageContextAccessor}.
 */
class LogContextAccessorTests {

	private final Handler handler = new Handler("greeter", new MediaType("text/greeting"), String.class,
			(content, context) -> Outcome.succeeded());

	private final MessageContext context = new MessageContext("1", new MediaType("text/greeting"), 1, null, null,
			OpaqueData.none(), Map.of());

	@Test
	void takesTheContextToAnotherThread() {
		assertThat(onAnotherThread(MessageContext::current)).isSameAs(this.context);
	}

	@Test
	void takesTheLogFieldsToAnotherThread() {
		assertThat(onAnotherThread(() -> MDC.get("message_id"))).isEqualTo("1");
	}

	@Test
	void leavesNothingBehindOnTheOtherThread() {
		Runnable work = captured(() -> {
		});
		assertThat(CompletableFuture.supplyAsync(() -> {
			work.run();
			return MessageContext.current();
		}).join()).isNull();
		assertThat(CompletableFuture.supplyAsync(() -> {
			work.run();
			return MDC.get("message_id");
		}).join()).isNull();
	}

	@Test
	void clearsTheOtherThreadOutsideOfAHandler() {
		Runnable work = ContextSnapshotFactory.builder()
			.clearMissing(true)
			.build()
			.captureAll()
			.wrap(() -> assertThat(MessageContext.current()).isNull());
		try (MessageContext.Scope scope = this.context.makeCurrent()) {
			work.run();
			assertThat(MessageContext.current()).isSameAs(this.context);
		}
	}

	private <T> @Nullable T onAnotherThread(Supplier<@Nullable T> work) {
		CompletableFuture<@Nullable T> result = new CompletableFuture<>();
		CompletableFuture.runAsync(captured(() -> result.complete(work.get())));
		return result.join();
	}

	private Runnable captured(Runnable work) {
		try (MessageContext.Scope scope = this.context.makeCurrent();
				LogContext log = LogContext.of(this.context.messageId(), this.context, this.handler.name(),
						(key) -> false)) {
			return ContextSnapshotFactory.builder().build().captureAll().wrap(work);
		}
	}

}
