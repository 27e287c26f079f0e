package io.pubsub.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.schema.InvalidMessageException;
import io.pubsub.schema.InvalidMessageException.Violation;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeadLetter}.
 */
class DeadLetterTests {

	private static final MediaType ORDER = new MediaType("application/vnd.example.order");

	private static final AddressRules RULES = new TenAttributes();

	private static final int ROOMY = 1_000_000;

	private static final Violation BLANK = new Violation("name", "must not be blank");

	@Test
	void keepsTheBodyAndTheMediaType() {
		OutboundMessage letter = invalid(message(Map.of()), List.of(BLANK)).compose("dead", RULES, ROOMY);
		assertThat(letter.body()).isEqualTo("body");
		assertThat(letter.mediaType()).isEqualTo(ORDER);
	}

	@Test
	void saysAllThatIsKnownOfAnInvalidMessage() {
		OutboundMessage letter = invalid(message(Map.of()), List.of(BLANK)).compose("dead", RULES, ROOMY);
		assertThat(letter.attributes()).containsEntry(DeadLetters.REASON, "invalid");
		assertThat(letter.attributes().get(DeadLetters.DETAIL)).isEqualTo("""
				{"messageId":"m-1","source":"orders","attempt":3,"sentAt":"2026-01-01T00:00:00Z",\
				"handler":"orderHandler","exception":"io.pubsub.schema.InvalidMessageException",\
				"violations":[{"path":"name","message":"must not be blank"}]}""");
	}

	@Test
	void saysWhatIsMalformed() {
		DeadLetter letter = letter(message(Map.of()), DeadLetterReason.MALFORMED,
				new MalformedMessageException("mediaType is missing"));
		assertThat(detail(letter.compose("dead", RULES, ROOMY)).path("fault").stringValue())
			.isEqualTo("mediaType is missing");
	}

	@Test
	void doesNotQuoteWhatAHandlerThrows() {
		DeadLetter letter = letter(message(Map.of()), DeadLetterReason.ATTEMPTS,
				new InvalidMessageException(String.class, List.of(BLANK)));
		JsonNode detail = detail(letter.compose("dead", RULES, ROOMY));
		assertThat(detail.has("fault")).isFalse();
		assertThat(detail.has("violations")).isFalse();
		assertThat(detail.path("exception").stringValue()).isEqualTo(InvalidMessageException.class.getName());
	}

	@Test
	void keepsUpToEightOriginalAttributesBesideTheBody() {
		OutboundMessage letter = invalid(message(attributes(8)), List.of(BLANK)).compose("dead", RULES, ROOMY);
		assertThat(letter.attributes()).hasSize(10).containsAllEntriesOf(attributes(8));
		assertThat(detail(letter).has("attributes")).isFalse();
	}

	@Test
	void keepsTheOtherOriginalAttributesInTheDetail() {
		OutboundMessage letter = invalid(message(attributes(10)), List.of(BLANK)).compose("dead", RULES, ROOMY);
		assertThat(letter.attributes()).hasSize(10).containsAllEntriesOf(attributes(8));
		assertThat(detail(letter).path("attributes").toString()).isEqualTo("{\"a8\":\"v8\",\"a9\":\"v9\"}");
	}

	@Test
	void replacesWhatAnEarlierLetterSaid() {
		Map<String, String> earlier = Map.of(DeadLetters.REASON, "attempts", DeadLetters.DETAIL, "{}");
		OutboundMessage letter = invalid(message(earlier), List.of(BLANK)).compose("dead", RULES, ROOMY);
		assertThat(letter.attributes()).hasSize(2).containsEntry(DeadLetters.REASON, "invalid");
		assertThat(detail(letter).path("messageId").stringValue()).isEqualTo("m-1");
	}

	@Test
	void countsHowOftenAMessageWasALetterOfTheSameSource() {
		OutboundMessage first = invalid(message(Map.of()), List.of(BLANK)).compose("dead", RULES, ROOMY);
		OutboundMessage second = invalid(message(first.attributes()), List.of(BLANK)).compose("dead", RULES, ROOMY);
		assertThat(detail(first).has("times")).isFalse();
		assertThat(detail(second).path("times").intValue()).isEqualTo(2);
		assertThat(invalid(message(second.attributes()), List.of(BLANK)).earlier()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"source\":\"others\",\"times\":7}", "{}", "[]", "no JSON", "" })
	void countsNoLetterOfAnotherSource(String detail) {
		assertThat(invalid(message(Map.of(DeadLetters.DETAIL, detail)), List.of(BLANK)).earlier()).isZero();
	}

	@Test
	void namesOnlySomeOfManyViolations() {
		OutboundMessage letter = invalid(message(Map.of()), Collections.nCopies(100, BLANK)).compose("dead", RULES,
				ROOMY);
		assertThat(detail(letter).path("violations").size()).isEqualTo(64);
		assertThat(detail(letter).path("violationsOmitted").intValue()).isEqualTo(36);
	}

	@Test
	void namesFewerViolationsWhereThereIsLessRoom() {
		OutboundMessage letter = invalid(message(Map.of()), Collections.nCopies(100, BLANK)).compose("dead", RULES,
				1000);
		assertThat(letter.sizeInBytes()).isBetween(500, 1000);
		assertThat(detail(letter).path("violations").size()).isEqualTo(16);
	}

	@Test
	void namesNoViolationsWhereThereIsNoRoom() {
		OutboundMessage letter = invalid(message(Map.of()), List.of(BLANK)).compose("dead", RULES, 10);
		assertThat(detail(letter).has("violations")).isFalse();
		assertThat(detail(letter).path("violationsOmitted").intValue()).isEqualTo(1);
	}

	@Test
	void writesTheDetailInAscii() {
		OutboundMessage letter = invalid(message(Map.of()), List.of(new Violation("gr\u00f6\u00dfe", "\uffff")))
			.compose("dead", RULES, ROOMY);
		assertThat(letter.attributes().get(DeadLetters.DETAIL)).isASCII();
		assertThat(detail(letter).at("/violations/0/path").stringValue()).isEqualTo("gr\u00f6\u00dfe");
	}

	@Test
	void goesToAFifoQueueInTheGroupOfTheOriginal() {
		InboundMessage original = new InboundMessage("m-1", "body", Map.of(), "group", null);
		OutboundMessage letter = invalid(original, List.of(BLANK)).compose("dead.fifo", RULES, ROOMY);
		assertThat(letter.groupId()).isEqualTo("group");
		assertThat(letter.deduplicationId()).isEqualTo("m-1");
	}

	@Test
	void goesToAFifoQueueInAGroupOfItsOwnIfTheOriginalHasNone() {
		OutboundMessage letter = invalid(message(Map.of()), List.of(BLANK)).compose("dead.fifo", RULES, ROOMY);
		assertThat(letter.groupId()).isEqualTo("m-1");
	}

	@Test
	void goesToAStandardQueueWithoutIds() {
		OutboundMessage letter = invalid(message(Map.of()), List.of(BLANK)).compose("dead", RULES, ROOMY);
		assertThat(letter.groupId()).isNull();
		assertThat(letter.deduplicationId()).isNull();
	}

	private static DeadLetter invalid(InboundMessage message, List<Violation> violations) {
		return letter(message, DeadLetterReason.INVALID, new InvalidMessageException(String.class, violations));
	}

	private static DeadLetter letter(InboundMessage message, DeadLetterReason reason, @Nullable Throwable cause) {
		MessageContext context = new MessageContext(message.id(), ORDER, 3, null, null, OpaqueData.none(),
				message.attributes());
		DispatchResult result = new DispatchResult("handlers", message.id(), 3, context, "orderHandler",
				Outcome.failed(reason.code(), cause), reason, Duration.ZERO);
		return new DeadLetter(message, result, reason, "orders");
	}

	private static InboundMessage message(Map<String, String> attributes) {
		return new InboundMessage("m-1", "body", attributes, null, Instant.parse("2026-01-01T00:00:00Z"));
	}

	private static Map<String, String> attributes(int count) {
		return IntStream.range(0, count).boxed().collect(Collectors.toMap((i) -> "a" + i, (i) -> "v" + i));
	}

	private static JsonNode detail(OutboundMessage letter) {
		return JsonMapper.shared().readTree(letter.attributes().get(DeadLetters.DETAIL));
	}

	private static final class TenAttributes implements AddressRules {

		@Override
		public boolean isFifo(String address) {
			return address.endsWith(".fifo");
		}

		@Override
		public @Nullable String faultOfId(String id) {
			return null;
		}

		@Override
		public int maxAttributes() {
			return 10;
		}

	}

}
