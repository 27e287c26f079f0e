package io.pubsub.autoconfigure.consume;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.pubsub.autoconfigure.CapturedLog;
import io.pubsub.autoconfigure.consume.ConsumerFixture.ScannedHandler;
import io.pubsub.autoconfigure.internal.UnknownNameException;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.Rate;
import io.pubsub.dispatch.DuplicateHandlerException;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.source.Feed;
import io.pubsub.source.PullSource;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubConsumerAutoConfiguration}.
 */
class PubSubConsumerAutoConfigurationTests {

	@RegisterExtension
	private final CapturedLog log = new CapturedLog(PubSubConsumerAutoConfiguration.class);

	private final ConsumerFixture fixture = new ConsumerFixture();

	@Test
	void handlesTheMessagesOfTheSource() {
		this.fixture.queue.send(ConsumerFixture.GOOD);
		this.fixture.withSource.withBean("scannedHandler", ScannedHandler.class).run((context) -> {
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.fixture.outcomes.kinds()).containsExactly("SUCCEEDED"));
			assertThat(this.fixture.outcomes.results.get(0).handler()).hasToString("scannedHandler.on");
		});
	}

	@Test
	void handlesOnVirtualThreadsOrNotWithoutDifference() {
		this.fixture.queue.send(ConsumerFixture.GOOD);
		this.fixture.withSource.withBean("scannedHandler", ScannedHandler.class)
			.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(this.fixture.outcomes.kinds()).containsExactly("SUCCEEDED")));
	}

	@Test
	void stopsTheDaemonWithTheContext() {
		List<ConsumerDaemon> daemons = new CopyOnWriteArrayList<>();
		this.fixture.withSource.withBean("scannedHandler", ScannedHandler.class).run((context) -> {
			daemons.add(context.getBean(ConsumerDaemon.class));
			assertThat(daemons.get(0).isRunning()).isTrue();
		});
		assertThat(daemons.get(0).isRunning()).isFalse();
	}

	@Test
	void startsNothingWhenConsumingIsDisabled() {
		this.fixture.withSource.withBean("scannedHandler", ScannedHandler.class)
			.withPropertyValues("pubsub.consumer.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ConsumerDaemon.class)
				.doesNotHaveBean(HandlerRegistry.class));
	}

	@Test
	void startsNothingBeforeItIsToldTo() {
		this.fixture.queue.send(ConsumerFixture.GOOD);
		this.fixture.withSource.withBean("scannedHandler", ScannedHandler.class)
			.withPropertyValues("pubsub.consumer.auto-startup=false")
			.run((context) -> {
				assertThat(context.getBean(ConsumerDaemon.class).isRunning()).isFalse();
				context.getBean(ConsumerDaemon.class).start();
				Awaitility.await()
					.untilAsserted(() -> assertThat(this.fixture.outcomes.kinds()).containsExactly("SUCCEEDED"));
			});
	}

	@Test
	void startsNothingWithoutHandlersAndWithoutSource() {
		this.fixture.contextRunner
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConsumerDaemon.class));
	}

	@Test
	void failsWhenThereAreHandlersButNoSource() {
		this.fixture.contextRunner.withBean("scannedHandler", ScannedHandler.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoSourceException.class)
				.hasMessageContaining("scannedHandler.on"));
	}

	@Test
	void failsWhenTwoBeansHandleAMediaType() {
		this.fixture.withSource.withBean("first", ScannedHandler.class)
			.withBean("second", ScannedHandler.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(DuplicateHandlerException.class)
				.hasMessageContainingAll("first.on", "second.on"));
	}

	@Test
	void bindsOnlyTheHandlersOfThisDaemon() {
		this.fixture.withSource.withBean("first", ScannedHandler.class)
			.withBean("second", ScannedHandler.class)
			.withPropertyValues("pubsub.consumer.handlers=sec*")
			.run((context) -> assertThat(context.getBean(HandlerRegistry.class).handlers()).extracting(Handler::name)
				.containsExactly("second.on"));
	}

	@Test
	void failsWhenAHandlerToBindIsMissing() {
		this.fixture.withSource.withBean("first", ScannedHandler.class)
			.withPropertyValues("pubsub.consumer.handlers=third")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(UnknownNameException.class)
				.hasMessageContaining("third"));
	}

	@Test
	void handsOverAtAnyRateByDefault() {
		this.fixture.withSource.run((context) -> assertThat(context.getBean(ConsumerDaemon.class).maxRate()).isNull());
	}

	@Test
	void limitsTheRate() {
		this.fixture.withSource.withPropertyValues("pubsub.consumer.max-rate=30/m")
			.run((context) -> assertThat(context.getBean(ConsumerDaemon.class).maxRate())
				.isEqualTo(new Rate(30, ChronoUnit.MINUTES)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "200", "0/s", "200/d", "fast" })
	void refusesWhatIsNoRate(String text) {
		this.fixture.withSource.withPropertyValues("pubsub.consumer.max-rate=" + text)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith("'" + text + "' is no rate: it must be a number from 1 to 1000000"));
	}

	@Test
	void consumesTheSourceOfTheUser() {
		this.fixture.contextRunner.withUserConfiguration(UserFeed.class)
			.withBean("scannedHandler", ScannedHandler.class)
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(this.fixture.outcomes.kinds()).containsExactly("SUCCEEDED")));
	}

	@Test
	void saysThatTheSourceOfTheUserIsConsumedInPlaceOfTheConfiguredOne() {
		this.fixture.contextRunner.withUserConfiguration(UserFeed.class)
			.withPropertyValues("pubsub.source=orders")
			.run((context) -> assertThat(this.log.messages())
				.containsExactly("pubsub.source is orders, but the bean PullSource[user] is consumed instead:"
						+ " remove one of them"));
	}

	@Test
	void backsOffExponentiallyByDefault() {
		this.fixture.contextRunner
			.withPropertyValues("pubsub.consumer.backoff.base=2s", "pubsub.consumer.backoff.max=3s")
			.run((context) -> assertThat(context.getBean(BackoffPolicy.class).delay(20)).isBetween(Duration.ZERO,
					Duration.ofSeconds(3)));
	}

	@Test
	void backsOffForAFixedTimeWhenToldSo() {
		this.fixture.contextRunner
			.withPropertyValues("pubsub.consumer.backoff.policy=fixed", "pubsub.consumer.backoff.base=5s")
			.run((context) -> assertThat(context.getBean(BackoffPolicy.class).delay(20))
				.isEqualTo(Duration.ofSeconds(5)));
	}

	@Test
	void refusesAnUnknownBackoffPolicy() {
		this.fixture.contextRunner.withPropertyValues("pubsub.consumer.backoff.policy=sometimes")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("sometimes"));
	}

	@Test
	void backsOffWhenTheUserProvidesABackoffPolicy() {
		BackoffPolicy policy = BackoffPolicy.fixed(Duration.ZERO);
		this.fixture.contextRunner.withBean(BackoffPolicy.class, () -> policy)
			.run((context) -> assertThat(context).getBean(BackoffPolicy.class).isSameAs(policy));
	}

	@Test
	void backsOffWhenTheUserProvidesAHandlerRegistry() {
		HandlerRegistry registry = new HandlerRegistry();
		this.fixture.contextRunner.withBean(HandlerRegistry.class, () -> registry)
			.run((context) -> assertThat(context).getBean(HandlerRegistry.class).isSameAs(registry));
	}

	@Test
	void backsOffWhenTheUserProvidesADispatcher() {
		this.fixture.contextRunner.withUserConfiguration(UserDispatcher.class)
			.run((context) -> assertThat(context).hasSingleBean(MessageDispatcher.class).hasBean("userDispatcher"));
	}

	@Test
	void backsOffWhenTheUserProvidesADaemon() {
		this.fixture.withSource.withUserConfiguration(UserDaemon.class)
			.run((context) -> assertThat(context).hasSingleBean(ConsumerDaemon.class).hasBean("userDaemon"));
	}

	static class UserFeed implements Feed {

		private final Queue<String> bodies = new ArrayDeque<>(List.of(ConsumerFixture.GOOD));

		@Bean
		PullSource userSource() {
			return PullSource.of("user", this);
		}

		@Override
		public List<InboundMessage> next(int most) {
			return Stream.ofNullable(this.bodies.poll()).map((body) -> new InboundMessage("1", body)).toList();
		}

		@Override
		public void succeeded(String id) {
		}

		@Override
		public void failed(String id, Failure failure) {
		}

	}

	static class UserDispatcher {

		@Bean
		MessageDispatcher userDispatcher(MessageCodec codec, HandlerRegistry handlers) {
			return MessageDispatcher.builder(Envelope.codec(JsonMapper.builder().build()), codec, handlers).build();
		}

	}

	static class UserDaemon {

		@Bean
		ConsumerDaemon userDaemon(Source source, MessageDispatcher dispatcher) {
			return new ConsumerDaemon(source, dispatcher, Duration.ofSeconds(1));
		}

	}

}
