package io.pubsub.schema;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pubsub.ChangedUriMessage;
import io.pubsub.IdentityMessage;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.OpaqueData;
import io.pubsub.UriMessage;
import io.pubsub.schema.InvalidMessageException.Violation;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.WireCharacters;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import org.hibernate.validator.constraints.LuhnCheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link MessageCodec}.
 */
class MessageCodecTests {

	private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

	private static final MediaType FOO = new MediaType("application/vnd.example.foo");

	private final JsonMapper mapper = JsonMapper.shared();

	private final MediaTypes mediaTypes = new MediaTypes("example");

	private final SchemaRegistry schemas = new SchemaRegistry(this.mediaTypes, true);

	private final MessageCodec codec = codec(this.mapper);

	@AfterAll
	static void closeValidators() {
		VALIDATORS.close();
	}

	@Test
	void encodesMediaTypeOpaqueDataAndFields() {
		String json = this.codec.encode(this.mediaTypes.created("foo"), new UriMessage(URI.create("https://x/1")),
				OpaqueData.of(Map.of("x-request-id", "1")));
		assertThat(json).isEqualTo("{\"mediaType\":\"application/vnd.example.pubsub._.created.foo\","
				+ "\"opaqueData\":{\"x-request-id\":\"1\"},\"uri\":\"https://x/1\"}");
	}

	@Test
	void encodesTheOtherMessagesOfTheConvention() {
		assertThat(encode(new IdentityMessage("1"))).contains("\"id\":\"1\"");
		assertThat(encode(new ChangedUriMessage(URI.create("https://x/1"), "name", "new")))
			.contains("\"uri\":\"https://x/1\"", "\"field_name\":\"name\"", "\"new_value\":\"new\"");
	}

	@Test
	void leavesOutWhatIsNull() {
		assertThat(encode(new ChangedUriMessage(URI.create("https://x/1"), null, null))).doesNotContain("null");
		assertThat(encode(new Order(1, null, List.of()))).doesNotContain("null");
	}

	@Test
	void bringsValuesBackExactly() {
		Exact exact = new Exact(UUID.fromString("0f6c1a4e-7d0e-4b25-9b35-9f6a41c3b0d1"),
				Instant.parse("2026-11-23T10:00:00.123456789Z"), OffsetDateTime.parse("2026-11-23T10:00:00+05:30"),
				new BigDecimal("12345678901234567890.123456789012345678900"), new BigDecimal("1E+3"), Color.RED, 1.5,
				Map.of("a", new BigDecimal("1.10")));
		assertThat(this.codec.decode(open(encode(exact)), Exact.class)).isEqualTo(exact);
	}

	@Test
	void writesEnumsByName() {
		assertThat(encode(Map.of("color", Color.RED))).contains("\"RED\"");
	}

	@Test
	void ignoresUnknownFields() {
		assertThat(decode("{\"quantity\": 1, \"foo\": \"bar\"}", Order.class)).isEqualTo(new Order(1, null, null));
	}

	@Test
	void writesAndDoesNotReadAReadOnlyField() {
		assertThat(encode(new DumpOnly("a", "b"))).contains("\"computed\":\"b\"");
		assertThat(decode("{\"name\": \"a\", \"computed\": \"b\"}", DumpOnly.class)).isEqualTo(new DumpOnly("a", null));
	}

	@Test
	void refusesToEncodeWhatViolatesAConstraint() {
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> encode(new Order(-4711, "SECRET", List.of(new Line(null)))))
			.withMessageContainingAll(Order.class.getName(), "quantity must be greater than 0",
					"lines[0].sku must not be null")
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("4711", "SECRET"));
	}

	@Test
	void refusesToDecodeWhatViolatesAConstraint() {
		assertThat(violations("{\"quantity\": -5, \"lines\": [{\"sku\": \"a\"}, {}]}", Order.class)).containsExactly(
				new Violation("lines[1].sku", "must not be null"), new Violation("quantity", "must be greater than 0"));
	}

	@Test
	void refusesToDecodeAMessageOfTheConventionWithoutItsField() {
		assertThat(violations("{}", UriMessage.class)).containsExactly(new Violation("uri", "must not be null"));
		assertThat(violations("{}", IdentityMessage.class)).containsExactly(new Violation("id", "must not be null"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"template": "SECRET", "card": null, "count": 1}     | template | violates @Pattern
			{"template": null, "card": "79927398710", "count": 1} | card     | violates @LuhnCheck
			{"template": null, "card": null, "count": 42}        | count    | must be less than or equal to 10
			""")
	void neverRepeatsAValueThatAMessageIsMadeWith(String json, String path, String message) {
		assertThat(violations(json, Telltale.class)).containsExactly(new Violation(path, message));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"id": "SECRET"}                 | id              | is not a valid UUID
			{"color": "SECRET"}              | color           | is not a valid Color
			{"at": "SECRET"}                 | at              | is not a valid Instant
			{"amount": "SECRET"}             | amount          | is not a valid BigDecimal
			{"amounts": {"SECRET": "SECRET"}} | amounts[*]      | is not a valid BigDecimal
			{"amounts": "SECRET"}            | amounts         | is missing or does not fit LinkedHashMap
			{"ratio": ["SECRET"]}            | ratio           | is missing or does not fit double
			{"ratio": null}                  | ratio           | is missing or does not fit double
			{}                               | ratio           | is missing or does not fit double
			""")
	void namesThePlaceOfWhatCannotBeBound(String json, String path, String message) {
		assertThat(violations(json, Exact.class)).containsExactly(new Violation(path, message));
	}

	@Test
	void namesThePlaceInAList() {
		assertThat(violations("{\"quantity\": 1, \"lines\": [{}, 7]}", Order.class)).first()
			.extracting(Violation::path)
			.isEqualTo("lines[1]");
	}

	@Test
	void doesNotCutNumbers() {
		assertThat(violations("{\"quantity\": 1.5}", Order.class)).extracting(Violation::path)
			.containsExactly("quantity");
	}

	@Test
	void carriesNeitherValueNorCauseOfAnyFailure() {
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> decode("{\"name\": \"SECRET\"}", Picky.class))
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("SECRET").contains(Picky.class.getName()));
	}

	@Test
	void writesAMapAsItsSchemaDoes() {
		this.schemas.register(FOO, Order.class);
		Map<String, Object> content = new HashMap<>(Map.of("quantity", "1", "lines", List.of(Map.of("sku", 7))));
		content.put("note", null);
		assertThat(this.codec.encode(FOO, content, OpaqueData.none()))
			.endsWith("\"quantity\":1,\"lines\":[{\"sku\":\"7\"}]}");
	}

	@Test
	void writesATreeAsItsSchemaDoes() {
		ObjectNode content = this.mapper.createObjectNode().put("id", 1);
		assertThat(this.codec.encode(this.mediaTypes.deleted("foo"), content, OpaqueData.none()))
			.endsWith("\"id\":\"1\"}");
	}

	@Test
	void refusesAFieldThatTheSchemaDoesNotKnow() {
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> this.codec.encode(this.mediaTypes.created("foo"),
					Map.of("uri", "https://x/1", "ury", "https://x/2"), OpaqueData.none()))
			.satisfies((ex) -> assertThat(ex.violations())
				.containsExactly(new Violation("ury", "is no field of the schema")));
	}

	@Test
	void leavesOutWhatIsNullInContentWithoutSchema() {
		ObjectNode content = this.mapper.createObjectNode().putNull("a").put("b", 1);
		content.putObject("c").putNull("d");
		assertThat(encode(content)).endsWith(",\"b\":1,\"c\":{}}");
		assertThat(content.has("a")).isTrue();
	}

	@Test
	void leavesOutEmptyOptionals() {
		assertThat(encode(new Optionals(Optional.empty(), OptionalInt.empty()))).endsWith("\"opaqueData\":{}}");
	}

	@ParameterizedTest
	@ValueSource(doubles = { Double.NaN, Double.NEGATIVE_INFINITY })
	void refusesToEncodeANumberThatJsonDoesNotHave(double number) {
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> encode(Map.of("ratios", List.of(number))))
			.withMessageContaining("NaN");
	}

	@Test
	void refusesToEncodeWhatContainsItself() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		assertThatIllegalArgumentException().isThrownBy(() -> encode(Map.of("list", list)))
			.withMessageContaining("contains itself");
	}

	@Test
	void neverBlamesAMessageForItsSchema() {
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> decode("{}", Wrap.class))
			.withMessageContainingAll(Wrap.class.getName(), "generic");
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> decode("{}", Misconstrained.class))
			.withMessageContaining(Misconstrained.class.getName());
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> encode(new Misconstrained(null)));
	}

	@Test
	void checksAMapAgainstTheSchemaOfItsMediaType() {
		this.schemas.register(FOO, Order.class);
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> this.codec.encode(FOO, Map.of("quantity", -5), OpaqueData.none()))
			.withMessageContainingAll(Order.class.getName(), "quantity must be greater than 0");
	}

	@Test
	void checksContentOfAnotherClassAgainstTheSchemaOfItsMediaType() {
		this.schemas.register(FOO, Order.class);
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> this.codec.encode(FOO, new IdentityMessage("1"), OpaqueData.none()))
			.satisfies((ex) -> assertThat(ex.schema()).isEqualTo(Order.class));
	}

	@Test
	void escapesWhatCannotTravelWithoutChangingIt() {
		Map<String, Object> content = Map.of("half \uD83D", "\uFFFE, \uFFFF and \uDE00");
		OpaqueData opaqueData = OpaqueData.of(Map.of("x-request-\uFFFE", "\uDE00"));
		String json = this.codec.encode(FOO, content, opaqueData);
		OpenedMessage opened = open(json);
		assertThat(WireCharacters.faultOf(json)).isNull();
		assertThat((Object) this.codec.decode(opened, Map.class)).isEqualTo(content);
		assertThat(opened.opaqueData()).isEqualTo(opaqueData);
	}

	@Test
	void encodesAMapWithoutASchema() {
		assertThat(this.codec.encode(FOO, Map.of("a", 1), OpaqueData.none())).endsWith("\"a\":1}");
	}

	@Test
	void refusesContentWithTheFieldsOfTheEnvelope() {
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> encode(new Intruder("a")))
			.withMessageContainingAll(Intruder.class.getName(), "mediaType", "envelope");
		assertThatIllegalArgumentException().isThrownBy(() -> encode(Map.of("opaqueData", 1)))
			.withMessageContaining("opaqueData");
	}

	@Test
	void refusesContentThatIsNoObject() {
		assertThatIllegalArgumentException().isThrownBy(() -> encode("text"))
			.withMessage("java.lang.String does not become a JSON object");
	}

	@Test
	void decodesToMapAndTreeWithoutSchema() {
		Object map = decode("{\"a\": 1}", Map.class);
		assertThat(map).isEqualTo(Map.of("a", 1));
		assertThat(decode("{\"a\": 1}", ObjectNode.class).toString()).isEqualTo("{\"a\":1}");
	}

	@Test
	void keepsTheCustomizationsOfTheMapper() {
		MessageCodec snakeCase = codec(
				JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());
		assertThat(snakeCase.encode(FOO, new TwoWords("a"), OpaqueData.none())).contains("\"first_name\":\"a\"");
	}

	private MessageCodec codec(JsonMapper jsonMapper) {
		return new MessageCodec(jsonMapper, VALIDATORS.getValidator(), this.schemas);
	}

	private String encode(Object content) {
		return this.codec.encode(FOO, content, OpaqueData.none());
	}

	private <T> T decode(String content, Class<T> type) {
		String separator = content.equals("{}") ? "" : ",";
		return this.codec.decode(open("{\"mediaType\": \"a/b\"" + separator + content.substring(1)), type);
	}

	private List<Violation> violations(String content, Class<?> type) {
		return catchThrowableOfType(InvalidMessageException.class, () -> decode(content, type)).violations();
	}

	private OpenedMessage open(String body) {
		return Envelope.codec(this.mapper).open(new InboundMessage("1", body));
	}

	enum Color {

		RED {
			@Override
			public String toString() {
				return "reddish";
			}
		}

	}

	record Line(@NotNull @Nullable String sku) {
	}

	record Order(@Positive int quantity, @Nullable String note, @Nullable List<@Valid Line> lines) {
	}

	record Exact(UUID id, Instant at, OffsetDateTime local, BigDecimal amount, BigDecimal round, Color color,
			double ratio, Map<String, BigDecimal> amounts) {
	}

	record DumpOnly(String name, @JsonProperty(access = JsonProperty.Access.READ_ONLY) @Nullable String computed) {
	}

	record Telltale(@Pattern(regexp = "a", message = "${validatedValue} is no a") @Nullable String template,
			@LuhnCheck @Nullable String card, @Max(10) int count) {
	}

	record Picky(String name) {

		Picky {
			throw new IllegalArgumentException("not " + name);
		}

	}

	record Intruder(String mediaType) {
	}

	record Optionals(Optional<String> text, OptionalInt number) {
	}

	record Wrap<T>(T item) {
	}

	record Misconstrained(@LuhnCheck @Nullable Misconstrained self) {
	}

	record TwoWords(String firstName) {
	}

}
