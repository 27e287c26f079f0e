package io.pubsub.publish;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.MessageSchema;
import io.pubsub.OpaqueData;
import io.pubsub.UriMessage;
import io.pubsub.schema.InvalidMessageException;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SnsProducer} and {@link MessageComposer}.
 */
class SnsProducerTests {

	private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T11:52:14.0751769Z"), ZoneOffset.UTC);

	private final MediaTypes mediaTypes = new MediaTypes("example");

	private final RecordingDestination destination = new RecordingDestination();

	private final SnsProducer producer = producer(ProducerMode.PUBLISH);

	@AfterAll
	static void closeValidators() {
		VALIDATORS.close();
	}

	@Test
	void publishesToTheDefaultTopic() {
		assertThat(this.producer.produce(new Order("a"))).isEqualTo("id-1");
		OutboundMessage published = published();
		assertThat(published.address()).isEqualTo("default");
		assertThat(published.mediaType()).isEqualTo(this.mediaTypes.created("order"));
		assertThat(published.attributes())
			.containsExactly(Map.entry("media_type", "application/vnd.example.pubsub._.created.order"));
		assertThat(published.body()).isEqualTo("{\"mediaType\":\"application/vnd.example.pubsub._.created.order\","
				+ "\"opaqueData\":{\"x-request-published\":\"1795348334.075176\"},\"sku\":\"a\"}");
	}

	@Test
	void countsNothingAsPublishedThatTheDestinationDoesNotConfirm() {
		SnsProducer silent = producer(ProducerMode.PUBLISH, (messages) -> CompletableFuture.completedFuture(List.of()),
				Topics.all("default"));
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> silent.produce(new Order("a")))
			.withMessageContaining("0 results for 1 messages");
		assertThatExceptionOfType(PublishException.class)
			.isThrownBy(() -> silent.produceAll(List.of(new Order("a"), new Order("b"))))
			.withMessageContaining("0 results for 2 messages");
		assertThat(silent.produceAsync(new Order("a"))).isCompletedExceptionally();
	}

	@Test
	void takesAMediaTypeByTheConvention() {
		this.producer.produce(new MediaType("created.order"), Map.of("uri", "https://example.com/1"));
		assertThat(published().mediaType()).isEqualTo(this.mediaTypes.created("order"));
		assertThat(published().body()).startsWith("{\"mediaType\":\"" + this.mediaTypes.created("order").value());
	}

	@Test
	void refusesATextThatIsNoMediaType() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.producer.produce(new MediaType("hello"), Map.of()))
			.withMessageContainingAll("'hello' is not a media type", "<change>.<resource>");
		assertThat(this.destination.messages()).isEmpty();
	}

	@Test
	void publishesToTheTopicOfTheMediaType() {
		this.producer.produce(this.mediaTypes.deleted("foo"), Map.of("id", "1"));
		assertThat(published().address()).isEqualTo("custom");
	}

	@Test
	void publishesTheMessagesOfTheConvention() {
		this.producer.produce(this.mediaTypes.created("foo"), new UriMessage(URI.create("https://x/1")));
		assertThat(published().body()).contains("\"uri\":\"https://x/1\"");
		assertThat(published().attributes()).containsEntry("media_type",
				"application/vnd.example.pubsub._.created.foo");
	}

	@Test
	void refusesContentWithoutMediaType() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.producer.produce(new UriMessage(URI.create("https://x/1"))))
			.withMessageContaining("UriMessage has no media type");
		assertThat(this.destination.messages()).isEmpty();
	}

	@Test
	void refusesAPattern() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.producer.produce(new MediaType("a/b.*"), Map.of("id", "1")))
			.withMessageContaining("a/b.*");
	}

	@Test
	void refusesInvalidContent() {
		assertThatExceptionOfType(InvalidMessageException.class).isThrownBy(() -> this.producer.produce(new Order("")))
			.withMessageContaining("sku must not be blank");
		assertThat(this.destination.messages()).isEmpty();
	}

	@Test
	void refusesAMediaTypeWithoutTopic() {
		SnsProducer withoutTopics = producer(ProducerMode.PUBLISH, this.destination,
				new Topics(null, Map.of(), Map.of(), Map.of(), Map.of()));
		assertThatExceptionOfType(NoTopicException.class).isThrownBy(() -> withoutTopics.produce(new Order("a")));
		assertThat(this.destination.messages()).isEmpty();
	}

	@Test
	void saysWhichMessageCouldNotBePublished() {
		this.destination.breakAddress("default");
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> this.producer.produce(new Order("a")))
			.withMessage("could not publish application/vnd.example.pubsub._.created.order to default: "
					+ "the topic is broken")
			.withCauseInstanceOf(IllegalStateException.class)
			.satisfies((ex) -> assertThat(ex.topic()).isEqualTo("default"));
	}

	@Test
	void carriesOnTheRequestOfTheMessageThatIsBeingHandled() {
		OpaqueData incoming = OpaqueData
			.of(Map.of("X-Request-Id", "1", "x-request-ttl", "10", "x-request-published", "1.5", "uri", "secret"));
		MessageContext context = new MessageContext("1", new MediaType("a/b"), 1, 9, null, incoming, Map.of());
		handling(context, () -> this.producer.produce(new Order("a")));
		assertThat(opaqueData()).isEqualTo(JsonMapper.shared().readTree("""
				{"X-Request-Id": "1", "x-request-published": "1795348334.075176", "x-request-ttl": "9"}"""));
	}

	@Test
	void prefersTheOpaqueDataOfTheMessage() {
		MessageContext context = new MessageContext("1", new MediaType("a/b"), 1, 9, null,
				OpaqueData.of(Map.of("x-request-id", "1")), Map.of());
		OpaqueData explicit = OpaqueData.of(Map.of("X-REQUEST-ID", "2", "x-request-ttl", "3"));
		handling(context, () -> this.producer.produce(Message.of(new Order("a")).with(explicit)));
		assertThat(opaqueData().path("X-REQUEST-ID").stringValue()).isEqualTo("2");
		assertThat(opaqueData().path("x-request-ttl").stringValue()).isEqualTo("3");
		assertThat(opaqueData().has("x-request-id")).isFalse();
	}

	@Test
	void handsOnGroupAndDeduplication() {
		this.producer.produce(Message.of(new Order("a")).inGroup("group").deduplicatedBy("once"));
		assertThat(published().groupId()).isEqualTo("group");
		assertThat(published().deduplicationId()).isEqualTo("once");
	}

	@Test
	void completesLaterWhenAsked() {
		CompletableFuture<List<PublishResult>> answer = new CompletableFuture<>();
		SnsProducer waiting = producer(ProducerMode.PUBLISH, (messages) -> answer, Topics.all("default"));
		CompletableFuture<String> id = waiting.produceAsync(new Order("a"));
		assertThat(id).isNotDone();
		answer.complete(List.of(PublishResult.published("late")));
		assertThat(id).isCompletedWithValue("late");
	}

	@Test
	void failsLaterWhenAsked() {
		this.destination.breakAddress("default");
		assertThat(this.producer.produceAsync(new Order(""))).isCompletedExceptionally();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> this.producer.produceAsync(new Order("a")).join())
			.withCauseInstanceOf(PublishException.class);
	}

	@Test
	void givesUpWaitingWhenInterrupted() {
		SnsProducer waiting = producer(ProducerMode.PUBLISH, (messages) -> new CompletableFuture<>(),
				Topics.all("default"));
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> waiting.produce(new Order("a")))
			.withMessageContaining("interrupted");
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void waitsWithTheDestinationForWhoeverWaits() {
		this.producer.produce(new Order("a"));
		this.producer.produceAll(List.of(new Order("b")));
		assertThat(this.destination.waits()).isEqualTo(2);
		this.producer.produceAsync(new Order("c"));
		assertThat(this.destination.waits()).isEqualTo(2);
	}

	@Test
	void waitsInAHandlerSoThatItCanBeInterrupted() {
		MessageContext context = new MessageContext("1", new MediaType("a/b"), 1, 9, null, OpaqueData.of(Map.of()),
				Map.of());
		handling(context, () -> this.producer.produce(new Order("a")));
		assertThat(this.destination.messages()).hasSize(1);
		assertThat(this.destination.waits()).isZero();
	}

	@Test
	void publishesSeveralInOrder() {
		PublishReport report = this.producer
			.produceAll(List.of(new Order("a"), Message.of(this.mediaTypes.deleted("foo"), Map.of("id", "1"))));
		assertThat(report.orThrow().results()).extracting(PublishResult::messageId).containsExactly("id-1", "id-2");
		assertThat(this.destination.messages()).extracting(OutboundMessage::address)
			.containsExactly("default", "custom");
	}

	@Test
	void publishesNoneIfOneIsInvalid() {
		PublishReport report = this.producer.produceAll(List.of(new Order("a"), new Order(""), new Order("b")));
		assertThat(this.destination.messages()).isEmpty();
		assertThat(report.isComplete()).isFalse();
		assertThat(report.failures()).hasSize(3);
		assertThat(report.results().get(1).failure()).isInstanceOf(InvalidMessageException.class);
		assertThat(report.results().get(2).failure()).hasMessageContaining("another message");
	}

	@Test
	void reportsEachOfSeveral() {
		this.destination.breakAddress("custom");
		PublishReport report = this.producer
			.produceAll(List.of(Message.of(this.mediaTypes.deleted("foo"), Map.of("id", "1")), new Order("a")));
		assertThat(report.results()).extracting(PublishResult::isPublished).containsExactly(false, true);
		assertThatExceptionOfType(PublishException.class).isThrownBy(report::orThrow)
			.withMessageContaining("1 of 2 messages were not published");
	}

	@Test
	void publishesNothingOfNothing() {
		assertThat(this.producer.produceAll(List.of()).orThrow().results()).isEmpty();
	}

	@Test
	void logsInsteadOfPublishing() {
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		Logger logger = (Logger) LoggerFactory.getLogger(SnsProducer.class);
		appender.start();
		logger.setLevel(Level.INFO);
		logger.setAdditive(false);
		logger.addAppender(appender);
		assertThat(producer(ProducerMode.LOG).produce(new Order("SECRET"))).startsWith("local-");
		logger.detachAppender(appender);
		assertThat(appender.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage())
				.contains("application/vnd.example.pubsub._.created.order", "default")
				.doesNotContain("SECRET"));
		assertThat(this.destination.messages()).isEmpty();
	}

	@Test
	void validatesWhatItLogs() {
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> producer(ProducerMode.LOG).produce(new Order("")));
	}

	@Test
	void discardsWithoutALook() {
		SnsProducer discarding = producer(ProducerMode.DISCARD);
		assertThat(discarding.produce(new Order(""))).startsWith("local-");
		assertThat(discarding.produceAll(List.of(new Order(""), "nonsense")).isComplete()).isTrue();
		assertThat(this.destination.messages()).isEmpty();
	}

	@Test
	void discardsAtOnceWhatAScopeWouldKeep() {
		PublishScopes scopes = new PublishScopes(PublishTransactions.none());
		SnsProducer discarding = producer(ProducerMode.DISCARD, scopes);
		try (PublishScope scope = scopes.open()) {
			discarding.produce(new Order("a"));
			discarding.deferred((publisher) -> publisher.produce(new Order("b")));
			assertThat(scope.pending().size()).isZero();
		}
	}

	private static void handling(MessageContext context, Runnable work) {
		MessageContext.Scope scope = context.makeCurrent();
		try {
			work.run();
		}
		finally {
			scope.close();
		}
	}

	private OutboundMessage published() {
		assertThat(this.destination.messages()).hasSize(1);
		return this.destination.messages().get(0);
	}

	private JsonNode opaqueData() {
		return JsonMapper.shared().readTree(published().body()).path("opaqueData");
	}

	private SnsProducer producer(ProducerMode mode) {
		return producer(mode, this.destination,
				new Topics("default", Map.of(), Map.of(), Map.of(), Map.of("foo", "custom")));
	}

	private SnsProducer producer(ProducerMode mode, PublishScopes scopes) {
		return new SnsProducer(composer(Topics.all("default")), this.destination, this.destination, mode, scopes);
	}

	private SnsProducer producer(ProducerMode mode, Destination to, Topics topics) {
		return new SnsProducer(composer(topics), to, mode);
	}

	private MessageComposer composer(Topics topics) {
		SchemaRegistry schemas = new SchemaRegistry(this.mediaTypes, true);
		MessageCodec codec = new MessageCodec(JsonMapper.shared(), VALIDATORS.getValidator(), schemas);
		TopicRouter router = new TopicRouter(topics, this.mediaTypes);
		return new MessageComposer(schemas, codec, router, Propagation.defaults(), CLOCK);
	}

	@MessageSchema
	record Order(@NotBlank String sku) {
	}

}
