package io.pubsub.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageHandler;
import io.pubsub.Outcome;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.TrackedDelivery;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link MessageDispatcher} makes of messages that want to do harm.
 */
class HostileMessageTests {

	private static final MediaType ORDER = new MediaType("application/vnd.example.order");

	private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

	private static final int LONGEST_LINE = 4096;

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final List<DispatchResult> results = new ArrayList<>();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>() {

		@Override
		protected void append(ILoggingEvent event) {
			event.prepareForDeferredProcessing();
			super.append(event);
		}

	};

	private final Logger logger = (Logger) LoggerFactory.getLogger(MessageDispatcher.class);

	private Envelope envelope = Envelope.codec(this.mapper);

	private MessageHandler<Object> handler = (content, context) -> Outcome.succeeded();

	@BeforeEach
	void recordLog() {
		this.log.start();
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopRecordingLog() {
		this.logger.detachAppender(this.log);
	}

	@AfterAll
	static void close() {
		VALIDATORS.close();
	}

	@Test
	void tenThousandViolationsMakeAShortLine() {
		dispatch("\"lines\": [%s]".formatted(
				IntStream.range(0, 10_000).mapToObj((line) -> "{\"quantity\": 0}").collect(Collectors.joining(","))));
		assertThat(outcome().reason()).isEqualTo("invalid");
		assertThat(logged()).contains("lines[0].quantity", "and 9990 more").hasSizeLessThan(LONGEST_LINE);
	}

	@Test
	void theKeyOfAMapIsNotLogged() {
		dispatch("\"stock\": {\"ev\\nil\": \"x\"}");
		assertThat(logged()).contains("stock[*] is not a valid").doesNotContain("ev", "il\"");
	}

	@Test
	void anIdThatBeginsALineOfItsOwnDoesNot() {
		dispatch(new InboundMessage("m-1\nINFO forged \u001B[31m", "{"));
		assertThat(logged()).contains("m-1 INFO forged  [31m").doesNotContain("\nINFO", "\u001B");
	}

	@Test
	void opaqueDataNeitherForgesNorFillsALine() {
		dispatch("\"opaqueData\": {%s, \"x-a\\nINFO forged\": \"1\", \"x-b\": \"1\\nINFO forged\\u2028\"}"
			.formatted(IntStream.range(0, 100)
				.mapToObj((key) -> "\"x-%d\": \"%s\"".formatted(key, "y".repeat(1000)))
				.collect(Collectors.joining(","))));
		assertThat(logged()).contains("x-0=yyy", "more characters")
			.doesNotContain("\nINFO", "\u2028")
			.hasSizeLessThan(LONGEST_LINE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e4111111111111", "-1.5e-4111111111111", "4111e2147483648" })
	void aNumberThatNoParserTakesIsMalformed(String number) {
		dispatch("\n\"n\": " + number);
		assertThat(outcome().reason()).isEqualTo("malformed");
		assertThat(logged()).contains("the body is not valid JSON at line 2, column 6").doesNotContain("4111", "\tat ");
	}

	@Test
	void aNumberWithoutEndIsMalformed() {
		dispatch("\"n\": " + "4".repeat(1_000_000));
		assertThat(outcome().reason()).isEqualTo("malformed");
		assertThat(logged()).contains("exceeds the limits").hasSizeLessThan(LONGEST_LINE);
	}

	@Test
	void contentWithoutBottomIsMalformed() {
		dispatch("\"n\": " + "[".repeat(1_000_000));
		assertThat(outcome().reason()).isEqualTo("malformed");
	}

	@Test
	void whatAnEnvelopeThrowsIsMalformedAndNotQuoted() {
		this.envelope = (message) -> {
			throw new IllegalArgumentException("cannot decode " + message.body());
		};
		dispatch("\"card\": 4111");
		assertThat(outcome().reason()).isEqualTo("malformed");
		assertThat(logged()).contains("the envelope cannot open it (java.lang.IllegalArgumentException)")
			.doesNotContain("4111", "\tat ");
	}

	@Test
	void anEnvelopeThatOverflowsTheStackMakesTheMessageMalformed() {
		this.envelope = (message) -> {
			throw new StackOverflowError();
		};
		dispatch("\"n\": 1");
		assertThat(outcome().reason()).isEqualTo("malformed");
	}

	@Test
	@SuppressWarnings("NullAway") // what users write is not held to our annotations
	void anEnvelopeThatReturnsNothingMakesTheMessageMalformed() {
		this.envelope = (message) -> null;
		dispatch("\"n\": 1");
		assertThat(outcome().reason()).isEqualTo("malformed");
	}

	@Test
	void theTextOfAHandlersExceptionNeitherForgesNorFillsALine() {
		this.handler = (content, context) -> {
			throw new IllegalStateException("no stock\nINFO forged " + "x".repeat(100_000));
		};
		dispatch("\"lines\": []");
		assertThat(logged()).contains("java.lang.IllegalStateException: no stock INFO forged").contains("\tat ");
		assertThat(logged().lines()).allMatch((line) -> line.length() < LONGEST_LINE);
	}

	@ParameterizedTest
	@CsvSource({ "-2147483648", "-1", "0", "1" })
	void aTimeToLiveThatIsUsedUpStaysSo(String timeToLive) {
		dispatch("\"opaqueData\": {\"x-request-ttl\": \"%s\"}".formatted(timeToLive));
		assertThat(outcome().kind()).isEqualTo(Outcome.Kind.EXPIRED);
		assertThat(this.results.get(0).context()).extracting("timeToLive").isEqualTo(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1e999", "1e999999999", "NaN", "Infinity", "0x1p3", "-1795348334", "1", "1795348334000",
			"1795348334.000000000000000000000000000000000000001" })
	void aTimeOfPublishingThatMakesNoSenseCountsAsAbsent(String published) {
		dispatch("\"opaqueData\": {\"x-request-published\": \"%s\"}".formatted(published));
		assertThat(outcome().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
		assertThat(this.results.get(0).context()).extracting("publishedAt").isNull();
	}

	@Test
	void theLastTimeOfPublishingThatMakesSenseIsRead() {
		dispatch("\"opaqueData\": {\"x-request-published\": \"9999999999.123456789\"}");
		assertThat(this.results.get(0).context()).extracting("publishedAt")
			.isEqualTo(Instant.ofEpochSecond(9_999_999_999L, 123_456_789));
	}

	private void dispatch(String fields) {
		dispatch(new InboundMessage("m-1", "{\"mediaType\": \"%s\", %s}".formatted(ORDER, fields)));
	}

	private void dispatch(InboundMessage message) {
		SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("example"), true);
		HandlerRegistry handlers = new HandlerRegistry();
		handlers.register(new Handler("orders", ORDER, Order.class, this.handler));
		MessageDispatcher dispatcher = MessageDispatcher
			.builder(this.envelope, new MessageCodec(this.mapper, VALIDATORS.getValidator(), schemas), handlers)
			.loggedKeys((key) -> true)
			.listeners(List.of(this.results::add))
			.build();
		dispatcher.receive(new TrackedDelivery(message, 1, new RecordingSettler()));
	}

	private Outcome outcome() {
		return this.results.get(0).outcome();
	}

	// As a service would see it, all the fields of the log context included.
	private String logged() {
		PatternLayout layout = new PatternLayout();
		layout.setContext(this.logger.getLoggerContext());
		layout.setPattern("%level %mdc %msg%n%ex");
		layout.start();
		return this.log.list.stream().map(layout::doLayout).collect(Collectors.joining());
	}

	record Order(@Nullable List<@Valid Line> lines, @Nullable Map<String, Integer> stock) {

	}

	record Line(@Positive int quantity) {

	}

}
