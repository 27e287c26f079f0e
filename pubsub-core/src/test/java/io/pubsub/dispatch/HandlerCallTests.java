package io.pubsub.dispatch;

import java.util.ArrayList;
import java.util.List;

import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlerCall}.
 */
class HandlerCallTests {

	@RegisterExtension
	private final DispatchFixture fixture = new DispatchFixture();

	@Test
	void callsInterceptorsFromTheOutsideIn() {
		List<String> calls = new ArrayList<>();
		this.fixture
			.configure((builder) -> builder.interceptors(List.of(interceptor("a", calls), interceptor("b", calls))));
		this.fixture.handle((greeting, context) -> {
			calls.add("handler");
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(calls).containsExactly("a", "b", "handler");
	}

	@Test
	void callsInterceptorsInTheOrderOfTheirPhases() {
		List<String> calls = new ArrayList<>();
		this.fixture.configure((builder) -> builder.interceptors(
				List.of(interceptor("user", calls), new GuardInterceptor(calls), interceptor("second user", calls))));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(calls).containsExactly("guard", "user", "second user");
	}

	@Test
	void tellsAnInterceptorTheHandler() {
		List<String> names = new ArrayList<>();
		this.fixture.configure((builder) -> builder.interceptors(List.of((invocation) -> {
			names.add(invocation.handler().name());
			return invocation.proceed();
		})));
		this.fixture.handle((greeting, context) -> Outcome.succeeded());
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(names).containsExactly("greeter");
	}

	@Test
	void makesTheContextCurrentOnlyWhileTheHandlerRuns() {
		List<MessageContext> seen = new ArrayList<>();
		this.fixture.handle((greeting, context) -> {
			seen.add(MessageContext.current());
			return Outcome.succeeded();
		});
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		assertThat(seen).singleElement().extracting(MessageContext::messageId).isEqualTo("m-1");
		assertThat(MessageContext.current()).isNull();
	}

	@Test
	@SuppressWarnings("NullAway") // a user's code may do it
	void failsAMessageWhoseHandlerReturnsNull() {
		this.fixture.handle((greeting, context) -> null);
		this.fixture.dispatch(DispatchFixture.greeting("hello"));
		this.fixture.assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(this.fixture.outcome().cause()).hasMessageContaining("greeter returned null");
	}

	private static DispatchInterceptor interceptor(String name, List<String> calls) {
		return (invocation) -> {
			calls.add(name);
			return invocation.proceed();
		};
	}

	private static final class GuardInterceptor implements DispatchInterceptor {

		private final List<String> calls;

		GuardInterceptor(List<String> calls) {
			this.calls = calls;
		}

		@Override
		public Outcome intercept(Invocation invocation) throws Exception {
			this.calls.add("guard");
			return invocation.proceed();
		}

		@Override
		public Phase phase() {
			return Phase.GUARD;
		}

	}

}
