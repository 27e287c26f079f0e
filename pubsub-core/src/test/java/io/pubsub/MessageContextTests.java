package io.pubsub;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.pubsub.MessageContext.Scope;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MessageContext}.
 */
class MessageContextTests {

	private final MessageContext outer = context("id-1");

	private final MessageContext inner = context("id-2");

	@Test
	void isNotCurrentUnlessMadeSo() {
		assertThat(MessageContext.current()).isNull();
	}

	@Test
	void isCurrentUntilTheScopeIsClosed() {
		Scope scope = this.outer.makeCurrent();
		assertThat(MessageContext.current()).isSameAs(this.outer);
		scope.close();
		assertThat(MessageContext.current()).isNull();
	}

	@Test
	void restoresWhatWasCurrentBefore() {
		try (Scope outerScope = this.outer.makeCurrent()) {
			Scope innerScope = this.inner.makeCurrent();
			assertThat(MessageContext.current()).isSameAs(this.inner);
			innerScope.close();
			assertThat(MessageContext.current()).isSameAs(this.outer);
			assertThat(outerScope).isNotNull();
		}
	}

	@Test
	void isCurrentOnOneThreadOnly() {
		Scope scope = this.outer.makeCurrent();
		assertThat(CompletableFuture.supplyAsync(MessageContext::current).join()).isNull();
		scope.close();
	}

	@Test
	void findsOpaqueDataWhateverTheCaseOfTheKey() {
		assertThat(this.outer.get("X-REQUEST-ID")).isEqualTo("1");
		assertThat(this.outer.get("user")).isNull();
	}

	@Test
	void staysTheSameWhenTheAttributesChangeThatItCameFrom() {
		Map<String, String> attributes = new HashMap<>(Map.of("origin", "test"));
		MessageContext context = new MessageContext("id-1", new MediaType("application/json"), 1, null, null,
				OpaqueData.none(), attributes);
		attributes.clear();
		assertThat(context.attributes()).containsExactly(Map.entry("origin", "test"));
	}

	private static MessageContext context(String messageId) {
		return new MessageContext(messageId, new MediaType("application/json"), 1, null, null,
				OpaqueData.of(Map.of("x-request-id", "1")), Map.of());
	}

}
