package io.pubsub.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pubsub.IgnoreMessageException;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.MessageHandler;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.SkipMessageException;
import io.pubsub.idempotency.Expiry;
import io.pubsub.idempotency.IdempotencyKeys;
import io.pubsub.idempotency.IdempotentHandling;
import io.pubsub.idempotency.InMemoryIdempotencyStore;
import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.PublishTransactions;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.InvalidSchemaException;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.schema.UntrustedMessageException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Destination;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.NotBlank;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link MessageDispatcher}.
 */
class MessageDispatcherTests {

	private static final MediaType GREETING = new MediaType("application/vnd.example.greeting");

	private static final ValidatorFactory validatorFactory = Validation.buildDefaultValidatorFactory();

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("example"), true);

	private final HandlerRegistry handlers = new HandlerRegistry();

	private final RecordingSettler settler = new RecordingSettler();

	private final List<DispatchResult> results = new ArrayList<>();

	private final ListAppender<ILoggingEvent> log = new EagerAppender();

	private final Logger logger = (Logger) LoggerFactory.getLogger(MessageDispatcher.class);

	private final Timekeeper timekeeper = Timekeeper.system("timekeeper");

	private UnaryOperator<MessageDispatcher.Builder> settings = UnaryOperator.identity();

	@BeforeEach
	void recordLog() {
		this.log.start();
		this.logger.setLevel(Level.DEBUG);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopTime() {
		this.timekeeper.close();
	}

	@AfterEach
	void stopRecordingLog() {
		this.logger.detachAppender(this.log);
	}

	@AfterAll
	static void close() {
		validatorFactory.close();
	}

	@Test
	void acknowledgesWhatTheHandlerDid() {
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.SUCCEEDED, "ack");
	}

	@Test
	void passesTheValidatedContentAndItsContext() {
		List<Object> seen = new ArrayList<>();
		handle((greeting, context) -> {
			seen.addAll(List.of(greeting, context.messageId(), context.attempt(), context.get("X-REQUEST-ID")));
			return Outcome.succeeded();
		});
		dispatch("""
				{"mediaType": "%s", "opaqueData": {"x-request-id": "r-1"}, "text": "hello"}""".formatted(GREETING), 2);
		assertThat(seen).containsExactly(new Greeting("hello"), "m-1", 2, "r-1");
	}

	@Test
	void tellsTheHandlerTheGroupOfTheMessage() {
		List<String> groups = new ArrayList<>();
		handle((greeting, context) -> {
			groups.add(String.valueOf(context.groupId()));
			return Outcome.succeeded();
		});
		InboundMessage message = new InboundMessage("m-1", greeting("hello"), Map.of(), "tenant-1", null);
		dispatcher().receive(new TrackedDelivery(message, 1, this.settler));
		assertThat(groups).containsExactly("tenant-1");
	}

	@Test
	void acknowledgesWhatTheHandlerSkipped() {
		handle((greeting, context) -> {
			throw new SkipMessageException("not today");
		});
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.SKIPPED, "ack");
		assertThat(outcome().reason()).isEqualTo("not today");
	}

	@Test
	void acknowledgesWhatTheHandlerIgnored() {
		handle((greeting, context) -> {
			throw new IgnoreMessageException("not for us");
		});
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.IGNORED, "ack");
	}

	@Test
	void handsBackWithTheDelayThatTheHandlerAsksFor() {
		handle((greeting, context) -> {
			throw new NackException(Duration.ofSeconds(3), "too early");
		});
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.RETRIED, "nack PT3S");
	}

	@Test
	void handsBackAtOnceWhenTheHandlerAsksForIt() {
		handle((greeting, context) -> Outcome.retry(Duration.ZERO, "once more"));
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.RETRIED, "nack PT0S");
	}

	@Test
	void handsBackToThePolicyWhenTheHandlerFails() {
		handle((greeting, context) -> {
			throw new IllegalStateException("broken");
		});
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(outcome().reason()).isEqualTo("IllegalStateException");
	}

	@Test
	void survivesAnErrorOfTheHandler() {
		handle((greeting, context) -> {
			throw new StackOverflowError();
		});
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.FAILED, "nack null");
	}

	@Test
	void logsTheStackTraceOfAFailure() {
		handle((greeting, context) -> {
			throw new IllegalStateException("broken");
		});
		dispatch(greeting("hello"));
		assertThat(this.log.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getThrowableProxy().getMessage()).isEqualTo("broken");
		});
	}

	@Test
	void logsOneLineWithoutTheContent() {
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("secret"));
		assertThat(this.log.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.INFO);
			assertThat(event.getFormattedMessage())
				.startsWith("SUCCEEDED " + GREETING + " [message m-1, attempt 1, greeter,")
				.doesNotContain("secret");
		});
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, again at once", "PT1S, again in 1s", "PT15M, again in 15m", "PT0.25S, again in 0.25s" })
	void logsWhenTheHandlerWantsItAgain(Duration delay, String text) {
		handle((greeting, context) -> Outcome.retry(delay, "too early"));
		dispatch(greeting("hello"));
		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).endsWith("]: too early, " + text));
	}

	@Test
	void failsAMessageThatIsNotJson() {
		dispatch("this is secret");
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(outcome().reason()).isEqualTo("malformed");
		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).doesNotContain("secret"));
	}

	@Test
	void failsAMessageWithoutMediaType() {
		dispatch("{}");
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(outcome().reason()).isEqualTo("malformed");
	}

	@Test
	void failsAMessageThatIsNotTrustedWithoutCallingTheHandler() {
		open((message) -> {
			throw new UntrustedMessageException("a bad signature");
		}, 1);
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(outcome().reason()).isEqualTo("untrusted");
	}

	@Test
	void countsNoAttemptWhenAMessageCannotBeOpenedYet() {
		open((message) -> {
			throw new NackException(Duration.ZERO, "not yet");
		}, 1);
		assertOutcome(Outcome.Kind.RETRIED, "release PT0S");
	}

	@Test
	void failsAMessageThatViolatesItsSchemaWithoutCallingTheHandler() {
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting(" "));
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(outcome().reason()).isEqualTo("invalid");
		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).contains(Greeting.class.getName(), "text"));
	}

	@Test
	void ignoresAMediaTypeWithoutHandlerAndWarnsOnce() {
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.IGNORED, "ack");
		dispatch(greeting("hello"));
		assertThat(this.log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.DEBUG);
	}

	@Test
	void handsBackWhatHasNoHandlerWhenToldSo() {
		this.settings = (builder) -> builder.unhandled(Unhandled.NACK);
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.IGNORED, "nack PT2S");
		assertThat(warnings()).first().asString().contains("are handed back", "a queue of its own");
	}

	@ParameterizedTest
	@CsvSource({ "1, nack PT2S", "2, nack PT4S", "9, nack PT8M32S", "10, nack PT15M", "2147483647, nack PT15M" })
	void waitsLongerEachTimeThatWhatHasNoHandlerComesAgain(int attempt, String settlement) {
		this.settings = (builder) -> builder.unhandled(Unhandled.NACK);
		dispatch(greeting("hello"), attempt);
		assertOutcome(Outcome.Kind.IGNORED, settlement);
	}

	@Test
	void acknowledgesWhatTheHandlerIgnoresEvenWhenUnhandledIsHandedBack() {
		this.settings = (builder) -> builder.unhandled(Unhandled.NACK);
		handle((greeting, context) -> Outcome.ignored("not for us"));
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.IGNORED, "ack");
	}

	@Test
	void refusesToMakeDeadLettersWithoutAPlaceForThem() {
		this.settings = (builder) -> builder.unhandled(Unhandled.DEAD_LETTER);
		assertThatExceptionOfType(MissingDeadLettersException.class).isThrownBy(this::dispatcher)
			.withMessage("Unhandled messages are to be dead letters, but there is no place for them");
	}

	@Test
	void refusesToLimitDeadLettersWithoutAPlaceForThem() {
		this.settings = (builder) -> builder.deadLetterLimit(new DeadLetterLimit(0.5, null));
		assertThatExceptionOfType(MissingDeadLettersException.class).isThrownBy(this::dispatcher)
			.withMessage("Dead letters are limited, but there is no place for them");
	}

	@Test
	void findsTheHandlerOfAPattern() {
		handle(new MediaType("application/vnd.example.*"), (greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.SUCCEEDED, "ack");
	}

	@Test
	void expiresAMessageWhoseTimeToLiveIsUsedUp() {
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello", "x-request-ttl", "1"), 1);
		assertOutcome(Outcome.Kind.EXPIRED, "ack");
	}

	@Test
	void countsTheTimeToLiveDown() {
		List<Object> seen = new ArrayList<>();
		handle((greeting, context) -> {
			seen.addAll(List.of(context.timeToLive(), context.get("x-request-ttl")));
			return Outcome.succeeded();
		});
		dispatch(greeting("hello", "X-Request-TTL", "10"), 1);
		assertThat(seen).containsExactly(9, "9");
	}

	@Test
	void givesATimeToLiveToAMessageWithoutOne() {
		List<Object> seen = new ArrayList<>();
		handle((greeting, context) -> {
			seen.add(context.timeToLive());
			return Outcome.succeeded();
		});
		dispatch(greeting("hello"));
		assertThat(seen).containsExactly(31);
	}

	@Test
	void heedsATimeToLiveThatIsUsedUpEvenWhenItIsNotCounted() {
		this.settings = (builder) -> builder.timeToLive(new TimeToLive(false, 32));
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello", "x-request-ttl", "0"), 1);
		dispatch(greeting("hello", "x-request-ttl", "1"), 1);
		assertThat(this.results).extracting((result) -> result.outcome().kind())
			.containsExactly(Outcome.Kind.EXPIRED, Outcome.Kind.SUCCEEDED);
	}

	@Test
	void readsWhenTheMessageWasPublished() {
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello", "X-Request-Published", "1795348334.5"), 1);
		assertThat(this.results.get(0).context().publishedAt()).hasToString("2026-11-22T11:52:14.500Z");
	}

	@Test
	void disregardsATimeOfPublishingThatCannotBeRead() {
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello", "x-request-published", "yesterday"), 1);
		assertOutcome(Outcome.Kind.SUCCEEDED, "ack");
		assertThat(this.results.get(0).context().publishedAt()).isNull();
	}

	@Test
	void handsBackAMessageOverTheLimitOfAttemptsWithoutHandlingIt() {
		this.settings = (builder) -> builder.maxAttempts(1);
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello"), 2);
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(outcome().reason()).isEqualTo("attempts");
	}

	@Test
	void handlesAMessageAtItsLastAttempt() {
		this.settings = (builder) -> builder.maxAttempts(2);
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello"), 2);
		assertOutcome(Outcome.Kind.SUCCEEDED, "ack");
	}

	@Test
	void skipsAMessageThatWasDoneAtItsLastAttemptAndComesAgain() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.maxAttempts(2)
			.deadLetters(new DeadLetters(destination, "dead"))
			.interceptors(List.of(idempotency()));
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello"), 2);
		dispatch(greeting("hello"), 3);
		assertThat(this.results).extracting((result) -> result.outcome().kind())
			.containsExactly(Outcome.Kind.SUCCEEDED, Outcome.Kind.SKIPPED);
		assertThat(destination.published).isEmpty();
	}

	@Test
	void givesUpAMessageOverTheLimitOfAttemptsThatWasNotDone() {
		this.settings = (builder) -> builder.maxAttempts(1).interceptors(List.of(idempotency()));
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello"), 2);
		dispatch(greeting("hello"), 3);
		assertThat(this.results).extracting((result) -> result.outcome().reason())
			.containsExactly("attempts", "attempts");
	}

	@Test
	void handsBackAMessageOverTheLimitOfAttemptsThatHasNoHandler() {
		this.settings = (builder) -> builder.maxAttempts(1);
		dispatch(greeting("hello"), 2);
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(outcome().reason()).isEqualTo("attempts");
	}

	@Test
	void sendsAMessageOverTheLimitOfAttemptsToTheDeadLetters() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.maxAttempts(1).deadLetters(new DeadLetters(destination, "dead"));
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello"), 2);
		assertOutcome(Outcome.Kind.FAILED, "ack");
		assertLetter(destination, "attempts", "\"attempt\":2", "\"handler\":\"greeter\"");
	}

	@Test
	void sendsAMessageWhoseHandlerFailsAtTheLastAttemptToTheDeadLettersAtOnce() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.maxAttempts(3).deadLetters(new DeadLetters(destination, "dead"));
		handle((greeting, context) -> {
			throw new IllegalStateException("no room for hello");
		});
		dispatch(greeting("hello"), 3);
		assertOutcome(Outcome.Kind.FAILED, "ack");
		assertThat(outcome().reason()).isEqualTo("IllegalStateException");
		assertLetter(destination, "attempts", "\"exception\":\"java.lang.IllegalStateException\"",
				"\"handler\":\"greeter\"");
		assertThat(destination.published.get(0).attributes().get(DeadLetters.DETAIL)).doesNotContain("no room");
	}

	@Test
	void failsAMessageWhoseHandlerAsksForAnotherDeliveryAfterTheLast() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.maxAttempts(3).deadLetters(new DeadLetters(destination, "dead"));
		handle((greeting, context) -> Outcome.retry(Duration.ofHours(1), "too early"));
		dispatch(greeting("hello"), 3);
		assertOutcome(Outcome.Kind.FAILED, "ack");
		assertThat(outcome().reason()).isEqualTo("too early");
		assertLetter(destination, "attempts", "greeter", "\"lastReason\":\"too early\"");
	}

	@Test
	void sendsNoFourthDeadLetterOfAMessageThatComesBack() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder
			.deadLetters(new DeadLetters(destination, "dead", "orders", DeadLetters.Limits.NONE));
		Map<String, String> returned = Map.of(DeadLetters.DETAIL, "{\"source\":\"orders\",\"times\":3}");
		dispatcher()
			.receive(new TrackedDelivery(new InboundMessage("m-1", "no JSON", returned, null, null), 1, this.settler));
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(destination.published).isEmpty();
	}

	@Test
	void countsNoAttemptWhileSomebodyElseHandlesTheMessage() {
		this.settings = (builder) -> builder.maxAttempts(1)
			.interceptors(List.of((invocation) -> Outcome.untried(Duration.ofMinutes(5), "busy")));
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.RETRIED, "release PT5M");
	}

	@Test
	void countsAnAttemptWhateverReasonTheHandlerGives() {
		this.settings = (builder) -> builder.maxAttempts(1)
			.deadLetters(new DeadLetters(new FakeDestination(PublishResult.published("d-1")), "dead"));
		handle((greeting, context) -> {
			throw new NackException(Duration.ofSeconds(3), "in-progress");
		});
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.FAILED, "ack");
	}

	@Test
	@SuppressWarnings("ThreadPriorityCheck") // a handler may do so
	void leavesNothingOfAHandlerOnItsThread() throws Exception {
		ClassLoader foreign = new ClassLoader("foreign", null) {
		};
		handle((greeting, context) -> {
			Thread thread = Thread.currentThread();
			thread.interrupt();
			thread.setContextClassLoader(foreign);
			thread.setName("foreign");
			thread.setPriority(Thread.MIN_PRIORITY);
			MDC.put("tenant", "foreign");
			Object unused = context.makeCurrent();
			return Outcome.succeeded();
		});
		List<Object> before = new ArrayList<>();
		List<Object> after = new ArrayList<>();
		Thread thread = new Thread(() -> {
			before.addAll(threadState());
			dispatch(greeting("hello"));
			after.addAll(threadState());
		});
		thread.start();
		thread.join();
		assertThat(after).isNotEmpty().isEqualTo(before);
	}

	@Test
	void settlesWithoutTheInterruptOfAHandler() {
		List<Boolean> interrupted = new ArrayList<>();
		this.settings = (builder) -> builder.interceptors(List.of((invocation) -> {
			Outcome outcome = invocation.proceed();
			interrupted.add(Thread.currentThread().isInterrupted());
			return outcome;
		})).listeners(List.of((result) -> interrupted.add(Thread.currentThread().isInterrupted())));
		handle((greeting, context) -> {
			Thread.currentThread().interrupt();
			return Outcome.succeeded();
		});
		dispatch(greeting("hello"));
		assertThat(interrupted).containsExactly(false, false);
	}

	@Test
	void givesTheInterruptOfItsCallerBack() {
		List<Boolean> interrupted = new ArrayList<>();
		handle((greeting, context) -> {
			interrupted.add(Thread.currentThread().isInterrupted());
			return Outcome.succeeded();
		});
		Thread.currentThread().interrupt();
		dispatch(greeting("hello"));
		interrupted.add(Thread.interrupted());
		assertThat(interrupted).containsExactly(false, true);
	}

	@Test
	void tellsAndLogsAnExceptionThatCannotSayWhatItIs() {
		handle((greeting, context) -> {
			throw new SpeechlessException();
		});
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(warnings()).singleElement().asString().contains("SpeechlessException");
	}

	@Test
	void failsAMessageWhoseRequestToComeAgainCannotBeRead() {
		handle((greeting, context) -> {
			throw new SpeechlessNack();
		});
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(outcome().reason()).isEqualTo("SpeechlessNack");
	}

	@Test
	void interruptsAHandlerThatTakesTooLong() {
		this.settings = (builder) -> builder.maxHandlingTime(Duration.ofMillis(20), this.timekeeper);
		handle((greeting, context) -> {
			new CountDownLatch(1).await();
			return Outcome.succeeded();
		});
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(outcome().reason()).isEqualTo("timeout");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void whenAHandlerReturnsAllTheSameAfterItsTimeFailsTheMessage() {
		this.settings = (builder) -> builder.maxHandlingTime(Duration.ofMillis(20), this.timekeeper);
		handle((greeting, context) -> {
			spinUntil(() -> Thread.currentThread().isInterrupted());
			return Outcome.succeeded();
		});
		dispatch(greeting("hello"));
		assertThat(outcome().reason()).isEqualTo("timeout");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void warnsWhenAHandlerTakesTooLong() {
		this.settings = (builder) -> builder.maxHandlingTime(Duration.ofMillis(20), this.timekeeper);
		handle((greeting, context) -> {
			new CountDownLatch(1).await();
			return Outcome.succeeded();
		});
		dispatch(greeting("hello"));
		Awaitility.await()
			.untilAsserted(() -> assertThat(warnings())
				.contains("Message m-1 takes greeter longer than 0.02s: the handler is interrupted"));
	}

	@Test
	void whenAHandlerIgnoresTheInterruptHandsItsMessageBackAndSettlesNothingElse() {
		this.settings = (builder) -> builder.maxHandlingTime(Duration.ofMillis(20), this.timekeeper);
		handle((greeting, context) -> {
			spinUntil(context::isLost);
			return Outcome.succeeded();
		});
		dispatch(greeting("hello"));
		Awaitility.await().untilAsserted(() -> assertOutcome(Outcome.Kind.FAILED, "nack null"));
		assertThat(outcome().reason()).isEqualTo("timeout");
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(warnings()).contains("greeter ignores the interrupt: message m-1 is given up"
							+ " after 1s more and handed back; what the handler still makes of it is refused"));
	}

	@Test
	void whenTheMessageIsLostInterruptsTheHandlerAndSettlesNothing() {
		TrackedDelivery delivery = this.settler.delivery(greeting("hello"), 1);
		handle((greeting, context) -> {
			assertThat(context.isLost()).isFalse();
			delivery.lose();
			assertThat(context.isLost()).isTrue();
			new CountDownLatch(1).await();
			return Outcome.succeeded();
		});
		dispatcher().receive(delivery);
		assertThat(outcome().kind()).isEqualTo(Outcome.Kind.FAILED);
		assertThat(outcome().reason()).isEqualTo("lost");
		assertThat(this.settler.settlements()).isEmpty();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void whenTheMessageIsLostBeforeItsHandlerIsCalledDoesNotCallIt() {
		TrackedDelivery delivery = this.settler.delivery(greeting("hello"), 1);
		List<String> calls = new ArrayList<>();
		this.settings = (builder) -> builder.interceptors(List.of(interceptor("interceptor", calls)));
		handle((greeting, context) -> {
			calls.add("handler");
			return Outcome.succeeded();
		});
		dispatcher((message) -> {
			delivery.lose();
			return Envelope.codec(this.mapper).open(message);
		}).receive(delivery);
		assertThat(calls).isEmpty();
		assertThat(outcome().reason()).isEqualTo("lost");
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void whenTheHoldEndsBeforeItsHandlerIsCalledDoesNotCallIt() {
		List<String> calls = new ArrayList<>();
		this.settings = (builder) -> builder.interceptors(List.of((invocation) -> {
			this.settler.endHold();
			return invocation.proceed();
		}));
		handle((greeting, context) -> {
			calls.add("handler");
			return Outcome.succeeded();
		});
		dispatch(greeting("hello"));
		assertThat(calls).isEmpty();
		assertThat(outcome().reason()).isEqualTo("lost");
		assertThat(this.settler.settlements()).isEmpty();
	}

	@Test
	void whenTheHoldEndsWhileTheHandlerWorksTellsThatTheMessageIsLost() {
		handle((greeting, context) -> {
			this.settler.endHold();
			return Outcome.succeeded();
		});
		dispatch(greeting("hello"));
		assertThat(outcome().kind()).isEqualTo(Outcome.Kind.FAILED);
		assertThat(outcome().reason()).isEqualTo("lost");
		assertThat(this.settler.settlements()).isEmpty();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
	}

	@Test
	void makesNoDeadLetterOfAMessageThatIsLost() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.maxAttempts(1).deadLetters(new DeadLetters(destination, "dead"));
		TrackedDelivery delivery = this.settler.delivery(greeting("hello"), 1);
		handle((greeting, context) -> {
			delivery.lose();
			return Outcome.succeeded();
		});
		dispatcher().receive(delivery);
		assertThat(destination.published).isEmpty();
	}

	@Test
	void sendsAnInvalidMessageToTheDeadLetters() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.deadLetters(new DeadLetters(destination, "dead"));
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting(" "));
		assertOutcome(Outcome.Kind.FAILED, "ack");
		assertThat(destination.published).singleElement().satisfies((letter) -> {
			assertThat(letter.address()).isEqualTo("dead");
			assertThat(letter.body()).isEqualTo(greeting(" "));
		});
		assertLetter(destination, "invalid", "\"messageId\":\"m-1\"", "\"path\":\"text\"", "\"handler\":\"greeter\"");
	}

	@Test
	void makesNoDeadLetterForAFaultOfTheSchema() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.deadLetters(new DeadLetters(destination, "dead"));
		this.handlers
			.register(new Handler("greeter", GREETING, Callable.class, (content, context) -> Outcome.skipped(null)));
		dispatch(greeting("hello"));
		assertThat(outcome().cause()).isInstanceOf(InvalidSchemaException.class);
		assertThat(destination.published).isEmpty();
	}

	@Test
	void sendsWhatHasNoHandlerToTheDeadLettersWhenToldSo() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.unhandled(Unhandled.DEAD_LETTER)
			.deadLetters(new DeadLetters(destination, "dead"));
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.IGNORED, "ack");
		assertLetter(destination, "unhandled", "m-1");
	}

	@Test
	void handsBackWhenTheDeadLetterCannotBeSent() {
		FakeDestination destination = new FakeDestination(
				PublishResult.failed(new IllegalStateException("no such queue")));
		this.settings = (builder) -> builder.deadLetters(new DeadLetters(destination, "dead"));
		dispatch("{}");
		assertOutcome(Outcome.Kind.FAILED, "nack null");
	}

	@Test
	void handsBackWhatIsOverTheLimitOfDeadLetters() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.deadLetters(new DeadLetters(destination, "dead"))
			.deadLetterLimit(new DeadLetterLimit(null, 1));
		dispatch("{}");
		dispatch("{}");
		dispatch("{}");
		assertThat(this.settler.settlements()).containsExactly("ack", "nack null", "nack null");
		assertThat(destination.published).hasSize(1);
	}

	@Test
	void startsARowOfDeadLettersAnewWithWhatIsAcknowledged() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.deadLetters(new DeadLetters(destination, "dead"))
			.deadLetterLimit(new DeadLetterLimit(null, 1));
		handle((greeting, context) -> Outcome.succeeded());
		dispatch("{}");
		dispatch(greeting("hello"));
		dispatch("{}");
		assertThat(destination.published).hasSize(2);
	}

	@Test
	void doesNotCountALetterThatCannotBeSentAgainstTheLimit() {
		FakeDestination destination = new FakeDestination(
				PublishResult.failed(new IllegalStateException("no such queue")));
		this.settings = (builder) -> builder.deadLetters(new DeadLetters(destination, "dead"))
			.deadLetterLimit(new DeadLetterLimit(null, 1));
		dispatch("{}");
		dispatch("{}");
		dispatch("{}");
		assertThat(destination.published).hasSize(3);
	}

	@Test
	void tellsItsListenersOfADeadLetter() {
		DeadLetterListener listener = new DeadLetterListener();
		this.settings = (builder) -> builder.listeners(List.of(listener))
			.deadLetters(new DeadLetters(new FakeDestination(PublishResult.published("d-1")), "dead"));
		dispatch("{}");
		assertThat(listener.told).containsExactly("m-1 malformed null");
	}

	@Test
	void tellsItsListenersOfADeadLetterThatWasNotSent() {
		DeadLetterListener listener = new DeadLetterListener();
		Exception failure = new IllegalStateException("no such queue");
		this.settings = (builder) -> builder.listeners(List.of(listener))
			.deadLetters(new DeadLetters(new FakeDestination(PublishResult.failed(failure)), "dead"));
		dispatch("{}");
		assertThat(listener.told).containsExactly("m-1 malformed " + failure);
	}

	@Test
	void handsBackWhatIsTooLargeForADeadLetter() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder
			.deadLetters(new DeadLetters(destination, "dead", null, new DeadLetters.Limits(100, 10, false)));
		dispatch("x".repeat(100));
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(destination.published).isEmpty();
	}

	@Test
	void makesNoDeadLetterOfAMessageWhoseHandlerFails() {
		FakeDestination destination = new FakeDestination(PublishResult.published("d-1"));
		this.settings = (builder) -> builder.deadLetters(new DeadLetters(destination, "dead"));
		handle((greeting, context) -> {
			throw new IllegalStateException("broken");
		});
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(destination.published).isEmpty();
	}

	@Test
	void callsInterceptorsFromTheOutsideIn() {
		List<String> calls = new ArrayList<>();
		this.settings = (builder) -> builder.interceptors(List.of(interceptor("a", calls), interceptor("b", calls)));
		handle((greeting, context) -> {
			calls.add("handler");
			return Outcome.succeeded();
		});
		dispatch(greeting("hello"));
		assertThat(calls).containsExactly("a", "b", "handler");
	}

	@Test
	void callsInterceptorsInTheOrderOfTheirPhases() {
		List<String> calls = new ArrayList<>();
		this.settings = (builder) -> builder.interceptors(
				List.of(interceptor("user", calls), new GuardInterceptor(calls), interceptor("second user", calls)));
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello"));
		assertThat(calls).containsExactly("guard", "user", "second user");
	}

	@Test
	void tellsAnInterceptorTheHandler() {
		List<String> names = new ArrayList<>();
		this.settings = (builder) -> builder.interceptors(List.of((invocation) -> {
			names.add(invocation.handler().name());
			return invocation.proceed();
		}));
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello"));
		assertThat(names).containsExactly("greeter");
	}

	@Test
	void tellsItsListenersOfTheSettlementAfterTheOutcome() {
		SettlementListener listener = new SettlementListener();
		this.settings = (builder) -> builder.listeners(List.of(listener));
		dispatch(greeting("hello"));
		assertThat(listener.told).containsExactly("IGNORED", "ACKED");
	}

	@Test
	void warnsWhenAnAcknowledgementCannotBeCarriedOut() {
		SettlementListener listener = new SettlementListener();
		this.settings = (builder) -> builder.listeners(List.of(listener));
		handle((greeting, context) -> Outcome.succeeded());
		this.settler.settleAs(Settlement.LOST);
		dispatch(greeting("hello"));
		assertThat(warnings()).singleElement()
			.asString()
			.contains("Message m-1 was SUCCEEDED", "it will be delivered again");
		assertThat(listener.told).containsExactly("SUCCEEDED", "LOST");
	}

	@Test
	void makesTheContextCurrentOnlyWhileTheHandlerRuns() {
		List<MessageContext> seen = new ArrayList<>();
		handle((greeting, context) -> {
			seen.add(MessageContext.current());
			return Outcome.succeeded();
		});
		dispatch(greeting("hello"));
		assertThat(seen).singleElement().extracting(MessageContext::messageId).isEqualTo("m-1");
		assertThat(MessageContext.current()).isNull();
	}

	@Test
	@SuppressWarnings("NullAway") // a user's code may do it
	void failsAMessageWhoseHandlerReturnsNull() {
		handle((greeting, context) -> null);
		dispatch(greeting("hello"));
		assertOutcome(Outcome.Kind.FAILED, "nack null");
		assertThat(outcome().cause()).hasMessageContaining("greeter returned null");
	}

	@Test
	void handsBackWhatIsLeftUnsettledBySomethingUnforeseen() {
		Destination broken = (messages) -> {
			throw new IllegalStateException("broken");
		};
		this.settings = (builder) -> builder.deadLetters(new DeadLetters(broken, "dead"));
		dispatch("{}");
		assertThat(this.settler.settlements()).containsExactly("nack null");
	}

	@Test
	void survivesAListenerThatFails() {
		this.settings = (builder) -> builder.listeners(List.of((result) -> {
			throw new IllegalStateException("broken");
		}));
		dispatch(greeting("hello"));
		assertThat(this.settler.settlements()).containsExactly("ack");
	}

	@Test
	void leavesADeliveryAloneThatWasTakenBack() {
		TrackedDelivery delivery = this.settler.delivery(greeting("hello"), 1);
		delivery.takeBack();
		dispatcher().receive(delivery);
		assertThat(this.results).isEmpty();
		assertThat(this.settler.settlements()).isEmpty();
	}

	@Test
	void logsTheOutcomeWithTheFieldsOfTheMessage() {
		this.settings = (builder) -> builder.loggedKeys("x-request-id"::equals);
		handle((greeting, context) -> Outcome.succeeded());
		dispatch(greeting("hello", "x-request-id", "request-1"));
		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getMDCPropertyMap()).containsOnly(
					entry("message_id", this.results.get(0).messageId()), entry("media_type", GREETING.value()),
					entry("handler", "greeter"), entry("x-request-id", "request-1")));
		assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
	}

	@Test
	void logsAMalformedMessageWithItsId() {
		dispatch("not json");
		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getMDCPropertyMap())
				.containsOnly(entry("message_id", this.results.get(0).messageId())));
	}

	@Test
	void logsNoOpaqueDataUnlessToldSo() {
		List<String> seen = new ArrayList<>();
		handle((greeting, context) -> {
			seen.addAll(MDC.getCopyOfContextMap().keySet());
			return Outcome.succeeded();
		});
		dispatch(greeting("hello", "x-request-id", "request-1"));
		assertThat(seen).containsExactlyInAnyOrder("message_id", "media_type", "handler");
	}

	private static DispatchInterceptor idempotency() {
		Expiry expiry = new Expiry(Duration.ofMinutes(5), Duration.ofDays(4));
		return new IdempotentHandling(new InMemoryIdempotencyStore(expiry, 10, Clock.systemUTC()),
				IdempotencyKeys.standard(), new PublishScopes(PublishTransactions.none()));
	}

	private static DispatchInterceptor interceptor(String name, List<String> calls) {
		return (invocation) -> {
			calls.add(name);
			return invocation.proceed();
		};
	}

	private void handle(MessageHandler<Object> handler) {
		handle(GREETING, handler);
	}

	private void handle(MediaType mediaType, MessageHandler<Object> handler) {
		this.handlers.register(new Handler("greeter", mediaType, Greeting.class, handler));
	}

	private void dispatch(String body) {
		dispatch(body, 1);
	}

	private void dispatch(String body, int attempt) {
		dispatcher().receive(this.settler.delivery(body, attempt));
	}

	private MessageDispatcher open(Envelope envelope, int maxAttempts) {
		MessageCodec codec = new MessageCodec(this.mapper, validatorFactory.getValidator(), this.schemas);
		MessageDispatcher dispatcher = MessageDispatcher.builder(envelope, codec, this.handlers)
			.maxAttempts(maxAttempts)
			.listeners(List.of(this.results::add))
			.build();
		dispatcher.receive(this.settler.delivery(greeting("hello"), 1));
		return dispatcher;
	}

	private @Nullable MessageDispatcher dispatcher;

	private MessageDispatcher dispatcher() {
		if (this.dispatcher == null) {
			this.dispatcher = dispatcher(Envelope.codec(this.mapper));
		}
		return this.dispatcher;
	}

	private MessageDispatcher dispatcher(Envelope envelope) {
		MessageCodec codec = new MessageCodec(this.mapper, validatorFactory.getValidator(), this.schemas);
		return this.settings
			.apply(MessageDispatcher.builder(envelope, codec, this.handlers).listeners(List.of(this.results::add)))
			.build();
	}

	private Outcome outcome() {
		return this.results.get(0).outcome();
	}

	private static List<Object> threadState() {
		Thread thread = Thread.currentThread();
		return List.of(thread.isInterrupted(), String.valueOf(thread.getContextClassLoader()), thread.getName(),
				thread.getPriority(), String.valueOf(MDC.get("tenant")), String.valueOf(MessageContext.current()));
	}

	// Nothing that could be interrupted.
	private static void spinUntil(BooleanSupplier condition) {
		long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
		while (!condition.getAsBoolean() && System.nanoTime() < end) {
			Thread.onSpinWait();
		}
	}

	private List<String> warnings() {
		return this.log.list.stream()
			.filter((event) -> event.getLevel() == Level.WARN)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	private void assertOutcome(Outcome.Kind kind, String settlement) {
		assertThat(this.results).extracting((result) -> result.outcome().kind()).containsExactly(kind);
		assertThat(this.settler.settlements()).containsExactly(settlement);
	}

	private static void assertLetter(FakeDestination destination, String reason, String... detail) {
		assertThat(destination.published).singleElement()
			.satisfies((letter) -> assertThat(letter.attributes()).containsEntry(DeadLetters.REASON, reason)
				.hasEntrySatisfying(DeadLetters.DETAIL, (json) -> assertThat(json).contains(detail)));
	}

	private static String greeting(String text) {
		return """
				{"mediaType": "%s", "text": "%s"}""".formatted(GREETING, text);
	}

	private static String greeting(String text, String key, String value) {
		return """
				{"mediaType": "%s", "opaqueData": {"%s": "%s"}, "text": "%s"}""".formatted(GREETING, key, value, text);
	}

	record Greeting(@NotBlank String text) {

	}

	/**
	 * Looks at the log fields when the line is written, not when a test does.
	 */
	private static final class EagerAppender extends ListAppender<ILoggingEvent> {

		EagerAppender() {
			this.list = new CopyOnWriteArrayList<>();
		}

		@Override
		protected void append(ILoggingEvent event) {
			event.prepareForDeferredProcessing();
			super.append(event);
		}

	}

	private static final class SpeechlessException extends RuntimeException {

		@Override
		public String getMessage() {
			throw new IllegalStateException("no words");
		}

	}

	private static final class SpeechlessNack extends NackException {

		SpeechlessNack() {
			super(null, "");
		}

		@Override
		public Duration delay() {
			throw new IllegalStateException("no words");
		}

	}

	private static final class DeadLetterListener implements OutcomeListener {

		private final List<String> told = new ArrayList<>();

		@Override
		public void onOutcome(DispatchResult result) {
		}

		@Override
		public void onDeadLetter(DispatchResult result, DeadLetterReason reason, @Nullable Throwable failure) {
			this.told.add(result.messageId() + " " + reason + " " + failure);
		}

	}

	private static final class SettlementListener implements OutcomeListener {

		private final List<String> told = new ArrayList<>();

		@Override
		public void onOutcome(DispatchResult result) {
			this.told.add(result.outcome().kind().name());
		}

		@Override
		public void onSettled(DispatchResult result, Settlement settlement) {
			this.told.add(settlement.name());
		}

	}

	private static final class GuardInterceptor implements DispatchInterceptor {

		private final List<String> calls;

		GuardInterceptor(List<String> calls) {
			this.calls = calls;
		}

		@Override
		public Outcome intercept(Invocation invocation) throws Exception {
			this.calls.add("guard");
			return invocation.proceed();
		}

		@Override
		public Phase phase() {
			return Phase.GUARD;
		}

	}

	private static final class FakeDestination implements Destination {

		private final PublishResult result;

		private final List<OutboundMessage> published = new ArrayList<>();

		FakeDestination(PublishResult result) {
			this.result = result;
		}

		@Override
		public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
			this.published.addAll(messages);
			return CompletableFuture.completedFuture(List.of(this.result));
		}

	}

}
