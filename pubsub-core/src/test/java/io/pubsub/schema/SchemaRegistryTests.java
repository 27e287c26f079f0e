package io.pubsub.schema;

import io.pubsub.ChangedUriMessage;
import io.pubsub.IdentityMessage;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageSchema;
import io.pubsub.UriMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SchemaRegistry}.
 */
class SchemaRegistryTests {

	private static final MediaType FOO = new MediaType("application/vnd.example.foo");

	private final MediaTypes mediaTypes = new MediaTypes("example");

	private final SchemaRegistry registry = new SchemaRegistry(this.mediaTypes, true);

	@Test
	void findsWhatIsRegistered() {
		this.registry.register(Order.class);
		assertThat(this.registry.find(this.mediaTypes.created("order"))).isEqualTo(Order.class);
	}

	@Test
	void registersTheSameClassTwice() {
		this.registry.register(FOO, Foo.class);
		this.registry.register(FOO, Foo.class);
		assertThat(this.registry.schemas()).containsOnlyKeys(FOO);
	}

	@Test
	void registersByTheConvention() {
		this.registry.register(new MediaType("changed.foo"), Foo.class);
		assertThat(this.registry.find(this.mediaTypes.changed("foo"))).isEqualTo(Foo.class);
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.register(new MediaType("foo"), Foo.class))
			.withMessageContaining("'foo' is not a media type");
	}

	@Test
	void refusesAnotherClassForAMediaType() {
		this.registry.register(FOO, Foo.class);
		assertThatExceptionOfType(SchemaConflictException.class)
			.isThrownBy(() -> this.registry.register(FOO, Order.class))
			.withMessageContainingAll(FOO.value(), Foo.class.getName(), Order.class.getName());
		assertThat(this.registry.find(FOO)).isEqualTo(Foo.class);
	}

	@Test
	void findsNothingForAnUnknownMediaType() {
		assertThat(this.registry.find(FOO)).isNull();
	}

	@Test
	void findsAPatternForExactlyOneSegment() {
		this.registry.register(new MediaType("application/vnd.wildcard.*"), Foo.class);
		assertThat(this.registry.find(new MediaType("application/vnd.wildcard.foo_12"))).isEqualTo(Foo.class);
		assertThat(this.registry.find(new MediaType("application/vnd.wildcard.foo.bar"))).isNull();
	}

	@Test
	void prefersTheExactMediaTypeToAPattern() {
		this.registry.register(FOO.pattern(), Order.class);
		this.registry.register(FOO, Foo.class);
		assertThat(this.registry.find(FOO)).isEqualTo(Foo.class);
	}

	@Test
	void findsTheSchemasOfTheConvention() {
		assertThat(this.registry.find(this.mediaTypes.created("Foo.Bar"))).isEqualTo(UriMessage.class);
		assertThat(this.registry.find(this.mediaTypes.changed("foo"))).isEqualTo(ChangedUriMessage.class);
		assertThat(this.registry.find(this.mediaTypes.deleted("foo"))).isEqualTo(IdentityMessage.class);
	}

	@Test
	void prefersARegisteredPatternToTheConvention() {
		this.registry.register(this.mediaTypes.created("*"), Foo.class);
		assertThat(this.registry.find(this.mediaTypes.created("bar"))).isEqualTo(Foo.class);
	}

	@Test
	void doesNotGrowByWhatIsLookedUp() {
		this.registry.find(this.mediaTypes.created("foo"));
		assertThat(this.registry.schemas()).isEmpty();
	}

	@Test
	void knowsNoConventionIfItIsSwitchedOff() {
		SchemaRegistry strict = new SchemaRegistry(this.mediaTypes, false);
		assertThat(strict.find(this.mediaTypes.created("foo"))).isNull();
	}

	@Test
	void knowsTheMediaTypeOfAnAnnotatedClassThatIsNotRegistered() {
		assertThat(this.registry.mediaTypeOf(Order.class)).isEqualTo(this.mediaTypes.created("order"));
	}

	@Test
	void knowsTheMediaTypeThatAClassIsRegisteredFor() {
		this.registry.register(new MediaType("application/vnd.wildcard.*"), Foo.class);
		this.registry.register(FOO, Foo.class);
		assertThat(this.registry.mediaTypeOf(Foo.class)).isEqualTo(FOO);
	}

	@Test
	void refusesToGuessAMediaType() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.mediaTypeOf(Foo.class))
			.withMessageContaining(Foo.class.getName() + " has no media type");
		this.registry.register(FOO, Foo.class);
		this.registry.register(new MediaType("application/vnd.example.bar"), Foo.class);
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.mediaTypeOf(Foo.class))
			.withMessageContaining("more than one media type");
	}

	@MessageSchema
	record Order() {
	}

	record Foo() {
	}

}
