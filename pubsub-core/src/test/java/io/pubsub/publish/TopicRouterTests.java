package io.pubsub.publish;

import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TopicRouter}, {@link Topics} and {@link ResourceTopics}.
 */
class TopicRouterTests {

	private final MediaTypes mediaTypes = new MediaTypes("example");

	@Test
	void goesFromTheMediaTypeToThePatternToTheResourceToTheDefault() {
		TopicRouter router = new TopicRouter(new Topics("default",
				Map.of("created.foo", "exact", "application/vnd.example.pubsub._.created.*", "pattern"),
				Map.of("foo", "resource", "foo.bar", "resource"), Map.of(), Map.of()), this.mediaTypes);
		assertThat(router.route(this.mediaTypes.created("foo"))).isEqualTo("exact");
		assertThat(router.route(this.mediaTypes.created("bar"))).isEqualTo("pattern");
		assertThat(router.route(this.mediaTypes.created("foo.bar"))).isEqualTo("resource");
		assertThat(router.route(this.mediaTypes.deleted("foo"))).isEqualTo("default");
	}

	@Test
	void saysHowToGiveAMediaTypeATopic() {
		TopicRouter router = created(Map.of("foo", "topic"));
		MediaType unknown = this.mediaTypes.changed("foo");
		assertThatExceptionOfType(NoTopicException.class).isThrownBy(() -> router.route(unknown))
			.withMessage("no topic for media type " + unknown + ": map it to a topic, or name a default topic")
			.satisfies((ex) -> assertThat(ex.mediaType()).isEqualTo(unknown))
			.satisfies((ex) -> assertThat(ex.isBatch()).isFalse());
	}

	@Test
	void neverSendsBatchesToWhereNobodyExpectsThem() {
		TopicRouter router = new TopicRouter(new Topics("default",
				Map.of("application/vnd.example.pubsub._.created.*", "pattern"), Map.of(), Map.of(), Map.of()),
				this.mediaTypes);
		MediaType batch = this.mediaTypes.created("batch_message");
		assertThatExceptionOfType(NoTopicException.class).isThrownBy(() -> router.route(batch))
			.withMessageContaining("never go to the default topic")
			.satisfies((ex) -> assertThat(ex.isBatch()).isTrue());
	}

	@ParameterizedTest
	@ValueSource(strings = { "batch_message", "batch.message" })
	void sendsBatchesToTheTopicOfTheirResource(String resource) {
		assertThat(created(Map.of(resource, "topic")).route(this.mediaTypes.created("batch_message")))
			.isEqualTo("topic");
	}

	@Test
	void sendsBatchesToTheTopicOfTheirMediaType() {
		TopicRouter router = new TopicRouter(
				new Topics(null, Map.of("created.batch_message", "topic"), Map.of(), Map.of(), Map.of()),
				this.mediaTypes);
		assertThat(router.route(this.mediaTypes.created("batch_message"))).isEqualTo("topic");
	}

	@Test
	void tellsTheChangesApart() {
		TopicRouter router = new TopicRouter(
				new Topics(null, Map.of(), Map.of("foo", "a"), Map.of("foo", "b"), Map.of("foo", "c")),
				this.mediaTypes);
		assertThat(router.route(this.mediaTypes.created("foo"))).isEqualTo("a");
		assertThat(router.route(this.mediaTypes.changed("foo"))).isEqualTo("b");
		assertThat(router.route(this.mediaTypes.deleted("foo"))).isEqualTo("c");
	}

	@ParameterizedTest
	@CsvSource({ "foo.bar_baz, foo.bar_baz", "foo.bar.baz, foo.bar_baz", "foo.bar.baz, foo_bar.baz",
			"foo.bar-baz, foo.bar_baz" })
	void takesTheKeyOfAnEnvironmentVariable(String key, String resource) {
		assertThat(created(Map.of(key, "topic")).route(this.mediaTypes.created(resource))).isEqualTo("topic");
	}

	@Test
	void takesAnUnderscoreInAKeyForWhatItIs() {
		TopicRouter router = created(Map.of("foo_bar", "topic"));
		assertThatExceptionOfType(NoTopicException.class)
			.isThrownBy(() -> router.route(this.mediaTypes.created("foo.bar")));
	}

	@Test
	void refusesTwoTopicsForWhatMayBeOneResource() {
		assertThatIllegalArgumentException().isThrownBy(() -> created(Map.of("foo.bar.baz", "a", "foo.bar_baz", "b")))
			.withMessageContainingAll("created[foo.bar.baz]", "created[foo.bar_baz]", "mappings");
	}

	@Test
	void refusesAResourceInAnotherCase() {
		assertThatIllegalArgumentException().isThrownBy(() -> created(Map.of("FooBar", "a")))
			.withMessageContainingAll("topics.created[FooBar]", "foo.bar_baz");
	}

	@ParameterizedTest
	@ValueSource(strings = { "foo", "application/vnd.*.foo", "application/vnd.foo*" })
	void refusesAMappingThatIsNoMediaType(String key) {
		Topics topics = new Topics(null, Map.of(key, "topic"), Map.of(), Map.of(), Map.of());
		assertThatExceptionOfType(InvalidTopicsException.class)
			.isThrownBy(() -> new TopicRouter(topics, this.mediaTypes))
			.satisfies((ex) -> assertThat(ex.entry()).isEqualTo("mappings[" + key + "]"));
	}

	@Test
	void refusesTwoTopicsForOneMediaType() {
		Topics topics = new Topics(null, Map.of("created.foo", "a", this.mediaTypes.created("foo").value(), "b"),
				Map.of(), Map.of(), Map.of());
		assertThatIllegalArgumentException().isThrownBy(() -> new TopicRouter(topics, this.mediaTypes))
			.withMessageContaining("a different topic for " + this.mediaTypes.created("foo"));
	}

	@Test
	void refusesAnEmptyTopic() {
		assertThatIllegalArgumentException().isThrownBy(() -> Topics.all(" ")).withMessageContaining("topics.default");
		assertThatIllegalArgumentException().isThrownBy(() -> created(Map.of("foo", "")))
			.withMessageContaining("topics.created[foo]");
	}

	private TopicRouter created(Map<String, String> topics) {
		return new TopicRouter(new Topics(null, Map.of(), topics, Map.of(), Map.of()), this.mediaTypes);
	}

}
