package io.pubsub.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageHandler;
import io.pubsub.Outcome;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dispatcher with one handler for greetings, its log and its outcomes, for one test.
 */
final class DispatchFixture implements BeforeEachCallback, AfterEachCallback {

	static final MediaType GREETING = new MediaType("application/vnd.example.greeting");

	private static final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final HandlerRegistry handlers = new HandlerRegistry();

	private final RecordingSettler settler = new RecordingSettler();

	private final List<DispatchResult> results = new ArrayList<>();

	private final ListAppender<ILoggingEvent> log = new EagerAppender();

	private final Logger logger = (Logger) LoggerFactory.getLogger(MessageDispatcher.class);

	private final Timekeeper timekeeper = Timekeeper.system("timekeeper");

	private UnaryOperator<MessageDispatcher.Builder> settings = UnaryOperator.identity();

	private @Nullable MessageDispatcher dispatcher;

	@Override
	public void beforeEach(ExtensionContext context) {
		this.log.start();
		this.logger.setLevel(Level.DEBUG);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.log);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.detachAppender(this.log);
		this.timekeeper.close();
	}

	void configure(UnaryOperator<MessageDispatcher.Builder> settings) {
		this.settings = settings;
	}

	void handle(MessageHandler<Object> handler) {
		handle(GREETING, handler);
	}

	void handle(MediaType mediaType, MessageHandler<Object> handler) {
		this.handlers.register(new Handler("greeter", mediaType, Greeting.class, handler));
	}

	void dispatch(String body) {
		dispatch(body, 1);
	}

	void dispatch(String body, int attempt) {
		dispatcher().receive(this.settler.delivery(body, attempt));
	}

	void open(Envelope envelope) {
		dispatcher(envelope).receive(this.settler.delivery(greeting("hello"), 1));
	}

	MessageDispatcher dispatcher() {
		if (this.dispatcher == null) {
			this.dispatcher = dispatcher(Envelope.codec(this.mapper));
		}
		return this.dispatcher;
	}

	MessageDispatcher dispatcher(Envelope envelope) {
		MessageCodec codec = new MessageCodec(this.mapper, validator,
				new SchemaRegistry(new MediaTypes("example"), true));
		return this.settings
			.apply(MessageDispatcher.builder(envelope, codec, this.handlers).listeners(List.of(this.results::add)))
			.build();
	}

	HandlerRegistry handlers() {
		return this.handlers;
	}

	RecordingSettler settler() {
		return this.settler;
	}

	JsonMapper mapper() {
		return this.mapper;
	}

	Timekeeper timekeeper() {
		return this.timekeeper;
	}

	List<DispatchResult> results() {
		return this.results;
	}

	Outcome outcome() {
		return this.results.get(0).outcome();
	}

	List<ILoggingEvent> log() {
		return this.log.list;
	}

	List<String> warnings() {
		return this.log.list.stream()
			.filter((event) -> event.getLevel() == Level.WARN)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

	void assertOutcome(Outcome.Kind kind, String settlement) {
		assertThat(this.results).extracting((result) -> result.outcome().kind()).containsExactly(kind);
		assertThat(this.settler.settlements()).containsExactly(settlement);
	}

	static String greeting(String text) {
		return """
				{"mediaType": "%s", "text": "%s"}""".formatted(GREETING, text);
	}

	static String greeting(String text, String key, String value) {
		return """
				{"mediaType": "%s", "opaqueData": {"%s": "%s"}, "text": "%s"}""".formatted(GREETING, key, value, text);
	}

	/**
	 * The content of the messages.
	 *
	 * @param text the text
	 */
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

}
