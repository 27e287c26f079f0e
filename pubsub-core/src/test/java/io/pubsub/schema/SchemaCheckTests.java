package io.pubsub.schema;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.pubsub.ChangedUriMessage;
import io.pubsub.IdentityMessage;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.UriMessage;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.Length;
import org.hibernate.validator.constraints.Range;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link SchemaCheck}.
 */
class SchemaCheckTests {

	private static final MediaType FOO = new MediaType("application/vnd.example.foo");

	private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

	@AfterAll
	static void closeValidators() {
		VALIDATORS.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { UriMessage.class, ChangedUriMessage.class, IdentityMessage.class, Fitting.class,
			Empty.class, Tree.class, Shape.class, Drawing.class, OrderOfItems.class, Bean.class, OneConstructor.class,
			Loose.class, NeverValidated.class })
	void takesWhatCanBeWrittenAndRead(Class<?> schema) {
		assertThatNoException().isThrownBy(() -> check(schema));
	}

	@Test
	void refusesAClassWhoseFieldsAreHidden() {
		assertRefused(Hidden.class, "none of its fields is visible");
	}

	@ParameterizedTest
	@ValueSource(classes = { Face.class, Faces.class, MaybeFace.class, Streaming.class })
	void refusesWhatHasNoClass(Class<?> schema) {
		assertRefused(schema, "abstract", "@JsonTypeInfo");
	}

	@ParameterizedTest
	@ValueSource(classes = { TwoConstructors.class, Inner.class })
	void refusesAClassWithoutAConstructorForJackson(Class<?> schema) {
		assertRefused(schema, "no constructor", "@JsonCreator");
	}

	@ParameterizedTest
	@ValueSource(classes = { String.class, Color.class, int[].class })
	void refusesWhatIsNoObject(Class<?> schema) {
		assertRefused(schema, "no JSON object");
	}

	@Test
	void refusesAGenericClass() {
		assertRefused(Wrap.class, "generic");
	}

	@Test
	void refusesToWriteAGenericClass() {
		SchemaCheck check = new SchemaCheck(JsonMapper.shared(), VALIDATORS.getValidator());
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> check.checkWritable(Wrap.class))
			.withMessageContaining("generic");
	}

	@ParameterizedTest
	@ValueSource(classes = { WithMediaType.class, WithOpaqueData.class })
	void refusesTheFieldsOfTheEnvelope(Class<?> schema) {
		assertRefused(schema, "belongs to the envelope");
	}

	@Test
	void refusesWhatJacksonRefuses() {
		assertRefused(TwoOfAName.class, "name");
		assertRefused(Unreadable.class, "NotMade");
	}

	@ParameterizedTest
	@ValueSource(classes = { BlankNumber.class, BlankNumbers.class, BlankColor.class, SizedNumber.class,
			LongColor.class, Nested.class })
	void refusesAConstraintThatDoesNotFitItsType(Class<?> schema) {
		assertRefused(schema, "which is no constraint of");
	}

	@Test
	void checksWhatIsRegisteredLater() {
		SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("example"), true);
		new MessageCodec(JsonMapper.shared(), VALIDATORS.getValidator(), schemas);
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> schemas.register(FOO, Face.class));
		assertThat(schemas.schemas()).isEmpty();
	}

	private static void assertRefused(Class<?> schema, String... texts) {
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> check(schema))
			.withMessageStartingWith(schema.getName())
			.withMessageContainingAll(texts);
	}

	private static void check(Class<?> schema) {
		SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("example"), true);
		schemas.register(FOO, schema);
		new MessageCodec(JsonMapper.shared(), VALIDATORS.getValidator(), schemas);
	}

	enum Color {

		RED

	}

	record Fitting(@Size(min = 1) List<@NotBlank String> texts, @NotNull @Range(min = 1) Integer number,
			@Min(1) OptionalInt maybe, Optional<@NotBlank String> text, @Future Instant time,
			@NotEmpty Map<@NotBlank String, @Valid Empty> map, @NotEmpty String[] array, @AssertTrue boolean yes) {
	}

	record Empty() {
	}

	record Tree(String name, List<Tree> children, Optional<Tree> parent) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes(@JsonSubTypes.Type(value = Square.class, name = "square"))
	interface Shape {

	}

	record Square(int side) implements Shape {
	}

	record Drawing(Shape background, List<Shape> shapes, @JsonTypeInfo(use = JsonTypeInfo.Id.NAME) List<Face> faces) {
	}

	record OrderOfItems(Wrap<Square> first, List<Wrap<Square>> others) {
	}

	record Loose(Object any, Number number, CharSequence text, Comparable<?> comparable) {
	}

	record NeverValidated(BlankNumber number) {
	}

	static class Bean {

		public int number;

	}

	static class OneConstructor {

		public final String name;

		OneConstructor(String name) {
			this.name = name;
		}

	}

	static class Hidden {

		String name = "";

	}

	interface Face {

		String name();

	}

	record Faces(Map<String, List<Face>> faces) {
	}

	record MaybeFace(Optional<Face> face) {
	}

	record Streaming(InputStream input) {
	}

	static class TwoConstructors {

		public final String name;

		TwoConstructors(String name, int number) {
			this.name = name + number;
		}

		TwoConstructors(String name, String other) {
			this.name = name + other;
		}

	}

	class Inner {

		public String name = "";

	}

	record Wrap<T>(T item) {
	}

	record WithMediaType(String mediaType) {
	}

	record WithOpaqueData(@JsonProperty("opaqueData") String data) {
	}

	static class TwoOfAName {

		@JsonProperty("name")
		public String first = "";

		@JsonProperty("name")
		public String second = "";

	}

	@JsonDeserialize(using = NotMade.class)
	record Unreadable(String name) {
	}

	static class NotMade extends ValueDeserializer<Unreadable> {

		NotMade(String argument) {
			throw new IllegalStateException(argument);
		}

		@Override
		public Unreadable deserialize(JsonParser parser, DeserializationContext context) {
			throw new IllegalStateException();
		}

	}

	record BlankNumber(@NotBlank Integer number) {
	}

	record BlankNumbers(List<@NotBlank Integer> numbers) {
	}

	record BlankColor(@NotBlank Color color) {
	}

	record SizedNumber(@Size(min = 1) int number) {
	}

	record LongColor(@Length(min = 1) Color color) {
	}

	record Nested(List<@Valid BlankNumber> numbers) {
	}

}
