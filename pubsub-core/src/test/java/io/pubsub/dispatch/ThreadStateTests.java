package io.pubsub.dispatch;

import java.util.ArrayList;
import java.util.List;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.internal.ThreadState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ThreadState}.
 */
class ThreadStateTests {

	@RegisterExtension
	private final DispatchFixture fixture = new DispatchFixture();

	@Test
	@SuppressWarnings("ThreadPriorityCheck") // a handler may do so
	void leavesNothingOfAHandlerOnItsThread() throws Exception {
		ClassLoader foreign = new ClassLoader("foreign", null) {
		};
		this.fixture.handle((greeting, context) -> {
			Thread thread = Thread.currentThread();
			thread.interrupt();
			thread.setContextClassLoader(foreign);
			thread.setName("foreign");
			thread.setPriority(Thread.MIN_PRIORITY);
			MDC.put("tenant", "foreign");
			Object unused = context.makeCurrent();
			return Outcome.succeeded();
		});
		List<Object> before = new ArrayList<>();
		List<Object> after = new ArrayList<>();
		Thread thread = new Thread(() -> {
			before.addAll(threadState());
			this.fixture.dispatch(DispatchFixture.greeting("hello"));
			after.addAll(threadState());
		});
		thread.start();
		thread.join();
		assertThat(after).isNotEmpty().isEqualTo(before);
	}

	@Test
	void settlesWithoutTheInterruptOfAHandler() {
		List<Boolean> interrupted = new ArrayList<>();
		this.fixture.configure((builder) -> builder.interceptors(List.of((invocation) -> {
			Outcome outcome = invocation.proceed();
			interrupted.add(Thread.currentThread().isInterrupted());
			return outcome;
		})).listeners(List.of((result) -> interrupted.add(Thread.currentThread().isInterrupted()))));
		this.fixture.handle((greeting, context) -> {
			Thread.currentThread().interrupt();
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(interrupted).containsExactly(false, false);
	}

	@Test
	void givesTheInterruptOfItsCallerBack() {
		List<Boolean> interrupted = new ArrayList<>();
		this.fixture.handle((greeting, context) -> {
			interrupted.add(Thread.currentThread().isInterrupted());
			return Outcome.succeeded();
		});
		Thread.currentThread().interrupt();
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		interrupted.add(Thread.interrupted());
		assertThat(interrupted).containsExactly(false, true);
	}

	private static List<Object> threadState() {
		Thread thread = Thread.currentThread();
		return List.of(thread.isInterrupted(), String.valueOf(thread.getContextClassLoader()), thread.getName(),
				thread.getPriority(), String.valueOf(MDC.get("tenant")), String.valueOf(MessageContext.current()));
	}

}
