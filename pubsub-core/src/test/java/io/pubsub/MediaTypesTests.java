package io.pubsub;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MediaTypes}.
 */
class MediaTypesTests {

	private final MediaTypes mediaTypes = new MediaTypes("example");

	@ParameterizedTest
	@CsvSource({ "foo, foo", "FooBar, foo_bar", "FooBar.ThisThat, foo_bar.this_that", "HTTPServer, http_server",
			"foo2Bar, foo2_bar", "foo-bar, foo_bar", "foo.*, foo.*", "*, *" })
	void writesTheResourceInSnakeCase(String resource, String name) {
		assertThat(this.mediaTypes.created(resource)).hasToString("application/vnd.example.pubsub._.created." + name);
	}

	@Test
	void namesTheChange() {
		assertThat(this.mediaTypes.changed("foo")).hasToString("application/vnd.example.pubsub._.changed.foo");
		assertThat(this.mediaTypes.deleted("foo")).hasToString("application/vnd.example.pubsub._.deleted.foo");
	}

	@Test
	void usesThePublicChannel() {
		assertThat(this.mediaTypes.of("created", "foo", true))
			.hasToString("application/vnd.example.pubsub.created.foo");
	}

	@Test
	void takesTheNameOfAClass() {
		assertThat(this.mediaTypes.created(UnnamedOrder.class))
			.hasToString("application/vnd.example.pubsub._.created.unnamed_order");
		assertThat(this.mediaTypes.deleted(Order.class))
			.hasToString("application/vnd.example.pubsub._.deleted.purchase_order");
	}

	@Test
	void readsTheAnnotationOfAClass() {
		assertThat(this.mediaTypes.of(Order.class))
			.hasToString("application/vnd.example.pubsub.changed.purchase_order");
		assertThat(this.mediaTypes.of(Simple.class)).hasToString("application/vnd.other.simple");
	}

	@Test
	void refusesAClassWithoutAnnotation() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mediaTypes.of(UnnamedOrder.class))
			.withMessageContaining("UnnamedOrder has no media type of its own")
			.withMessageContaining("@MessageSchema");
	}

	@Test
	void refusesAnAnnotationThatContradictsItself() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mediaTypes.of(Contradiction.class))
			.withMessageContaining("Contradiction");
		assertThatIllegalArgumentException().isThrownBy(() -> this.mediaTypes.of(Half.class))
			.withMessageContaining("Half");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ".", "foo.", ".foo", "foo..bar", "foo bar", "fo*", "*.foo", "f$o", "ÄpfelBaum" })
	void refusesAResourceThatIsNoName(String resource) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mediaTypes.created(resource))
			.withMessageContainingAll("'" + resource + "' cannot be a resource", "@MessageSchema(resource = ...)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a..b", "a/b", ".a" })
	void refusesAnOrganizationThatIsNoName(String organization) {
		assertThatIllegalArgumentException().isThrownBy(() -> new MediaTypes(organization))
			.withMessageContaining("an organization must consist of");
	}

	@Test
	void needsAnOrganizationForTheConventionOnly() {
		MediaTypes withoutOrganization = new MediaTypes(null);
		assertThat(withoutOrganization.of(Simple.class)).hasToString("application/vnd.other.simple");
		assertThatExceptionOfType(NoOrganizationException.class).isThrownBy(() -> withoutOrganization.created("foo"))
			.withMessageContaining("'created.foo'")
			.withMessageContaining("needs an organization");
	}

	@Test
	void resolvesWholeMediaTypesAndPatternsAsTheyAre() {
		assertThat(this.mediaTypes.resolve("application/json")).isEqualTo(new MediaType("application/json"));
		assertThat(this.mediaTypes.resolve("application/vnd.x.*").isPattern()).isTrue();
	}

	@Test
	void resolvesTheConvention() {
		assertThat(this.mediaTypes.resolve("deleted.foo.BarBaz"))
			.hasToString("application/vnd.example.pubsub._.deleted.foo.bar_baz");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "foo", "created", "broken.foo", "Created.foo" })
	void saysWhatItResolves(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mediaTypes.resolve(text))
			.withMessageContaining("'" + text + "'")
			.withMessageContaining("<change>.<resource>")
			.withMessageContaining("[changed, created, deleted]");
	}

	@ParameterizedTest
	@CsvSource({ "application/vnd.globality.pubsub._.created.foo.bar_baz, created",
			"application/vnd.any.pubsub.deleted.foo, deleted", "application/vnd.a.b.pubsub._.changed.foo, changed" })
	void findsTheChangeForAnyOrganization(String mediaType, String change) {
		assertThat(this.mediaTypes.changeOf(new MediaType(mediaType))).isEqualTo(change);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/vnd.globality.pubsub.simple",
			"application/vnd.created.pubsub._.borked.foo", "application/vnd.a.pubsub._.borked.created",
			"application/vnd.a.pubsub._.created", "application/vnd.created.foo" })
	void findsNoChangeOutsideOfTheConvention(String mediaType) {
		assertThat(this.mediaTypes.changeOf(new MediaType(mediaType))).isNull();
	}

	@Test
	void findsTheResourceForAnyOrganization() {
		assertThat(this.mediaTypes.resourceOf(new MediaType("application/vnd.any.pubsub._.created.foo.bar_baz")))
			.isEqualTo("foo.bar_baz");
		assertThat(this.mediaTypes.resourceOf(new MediaType("application/json"))).isNull();
	}

	@Test
	void knowsChangesOfTheOrganizationsOwn() {
		MediaTypes withBorked = new MediaTypes("example", Set.of("created", "borked"));
		MediaType borked = withBorked.resolve("borked.foo");
		assertThat(borked).hasToString("application/vnd.example.pubsub._.borked.foo");
		assertThat(withBorked.changeOf(borked)).isEqualTo("borked");
		assertThatIllegalArgumentException().isThrownBy(() -> withBorked.deleted("foo"))
			.withMessageContaining("[borked, created]");
	}

	@Test
	void refusesAChangeThatIsNoName() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MediaTypes("example", Set.of("a.b")))
			.withMessageContaining("'a.b'");
	}

	record UnnamedOrder() {
	}

	@MessageSchema(resource = "PurchaseOrder", change = "changed", publicChannel = true)
	record Order() {
	}

	@MessageSchema(mediaType = "application/vnd.other.simple")
	record Simple() {
	}

	@MessageSchema(mediaType = "application/vnd.other.simple", resource = "simple")
	record Contradiction() {
	}

	@MessageSchema(mediaType = "created.simple")
	record Half() {
	}

}
