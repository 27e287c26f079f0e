package io.pubsub.autoconfigure.consume;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.MediaTypes;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.source.LineSource;
import io.pubsub.test.TestClock;
import io.pubsub.transport.BackoffPolicy;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EndOfInput}.
 */
class EndOfInputTests {

	private static final ValidatorFactory validatorFactory = Validation.buildDefaultValidatorFactory();

	private final List<Integer> exits = new CopyOnWriteArrayList<>();

	@AfterAll
	static void close() {
		validatorFactory.close();
	}

	@Test
	void exitsWithOneWhenTheInputBreaksOff() {
		new ApplicationContextRunner().run((context) -> {
			EndOfInput end = new EndOfInput(context.getSourceApplicationContext(), this.exits::add);
			end.follow(List.of(daemon(new BrokenInput())));
			end.onApplicationEvent(ready(context.getSourceApplicationContext()));
			Awaitility.await().untilAsserted(() -> assertThat(this.exits).containsExactly(1));
		});
	}

	@Test
	void exitsWithOneWhenALineWasGivenUp() {
		new ApplicationContextRunner().run((context) -> {
			EndOfInput end = new EndOfInput(context.getSourceApplicationContext(), this.exits::add);
			end.follow(List.of(daemon(new ByteArrayInputStream("malformed\n".getBytes(StandardCharsets.UTF_8)))));
			end.onApplicationEvent(ready(context.getSourceApplicationContext()));
			Awaitility.await().untilAsserted(() -> assertThat(this.exits).containsExactly(1));
		});
	}

	@Test
	void waitsUntilTheApplicationIsReady() {
		new ApplicationContextRunner().run((context) -> {
			EndOfInput end = new EndOfInput(context.getSourceApplicationContext(), this.exits::add);
			ConsumerDaemon daemon = daemon(InputStream.nullInputStream());
			end.follow(List.of(daemon));
			assertThat(daemon.exhausted().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
			assertThat(context.getSourceApplicationContext().isActive()).isTrue();
			end.onApplicationEvent(ready(context.getSourceApplicationContext()));
			Awaitility.await().until(() -> !context.getSourceApplicationContext().isActive());
			assertThat(this.exits).isEmpty();
		});
	}

	private static ApplicationReadyEvent ready(ConfigurableApplicationContext context) {
		return new ApplicationReadyEvent(new SpringApplication(), new String[0], context, Duration.ZERO);
	}

	private static ConsumerDaemon daemon(InputStream input) {
		LineSource source = LineSource.of("input", input, 1, BackoffPolicy.fixed(Duration.ZERO), 1,
				new TestClock().timekeeper());
		HandlerRegistry handlers = new HandlerRegistry();
		MessageCodec codec = new MessageCodec(JsonMapper.shared(), validatorFactory.getValidator(),
				new SchemaRegistry(new MediaTypes("example"), true));
		MessageDispatcher dispatcher = MessageDispatcher.builder(Envelope.codec(JsonMapper.shared()), codec, handlers)
			.build();
		ConsumerDaemon daemon = new ConsumerDaemon(source, dispatcher, Duration.ZERO);
		daemon.start();
		return daemon;
	}

	private static final class BrokenInput extends InputStream {

		@Override
		public int read() throws IOException {
			throw new IOException("expected");
		}

	}

}
