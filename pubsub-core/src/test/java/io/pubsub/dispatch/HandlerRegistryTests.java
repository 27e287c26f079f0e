package io.pubsub.dispatch;

import io.pubsub.MediaType;
import io.pubsub.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HandlerRegistry}.
 */
class HandlerRegistryTests {

	private final HandlerRegistry registry = new HandlerRegistry();

	@Test
	void findsNothingWhenNothingMatches() {
		this.registry.register(handler("a", "text/a.b"));
		assertThat(this.registry.find(new MediaType("text/a"))).isNull();
	}

	@Test
	void prefersTheExactMediaTypeToThePattern() {
		this.registry.register(handler("pattern", "text/a.*"));
		this.registry.register(handler("exact", "text/a.b"));
		assertThat(this.registry.find(new MediaType("text/a.b"))).hasToString("exact");
		assertThat(this.registry.find(new MediaType("text/a.c"))).hasToString("pattern");
	}

	@Test
	void matchesOneSegmentByAPattern() {
		this.registry.register(handler("pattern", "text/a.*"));
		assertThat(this.registry.find(new MediaType("text/a.b.c"))).isNull();
	}

	@Test
	void refusesASecondHandlerForAMediaType() {
		this.registry.register(handler("first", "text/a.b"));
		assertThatExceptionOfType(DuplicateHandlerException.class)
			.isThrownBy(() -> this.registry.register(handler("second", "text/a.b")))
			.withMessageContainingAll("first", "second", "text/a.b");
	}

	@Test
	void listsHandlersByMediaType() {
		this.registry.register(handler("b", "text/b"));
		this.registry.register(handler("a", "text/a"));
		assertThat(this.registry.handlers()).extracting(Handler::name).containsExactly("a", "b");
	}

	private static Handler handler(String name, String mediaType) {
		return new Handler(name, new MediaType(mediaType), Object.class, (content, context) -> Outcome.succeeded());
	}

}
