package io.pubsub.autoconfigure.uri;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.ChangedUriMessage;
import io.pubsub.Handles;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.autoconfigure.CapturedLog;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Source;
import io.pubsub.uri.ResourceCache;
import io.pubsub.uri.ResourceCachePolicy;
import io.pubsub.uri.UriHandler;
import io.pubsub.uri.UriResources;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.web.client.RestClient;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubUriAutoConfiguration}, and for resources on the whole way of a
 * message.
 */
class PubSubUriAutoConfigurationTests {

	@RegisterExtension
	private final CapturedLog log = new CapturedLog(MessageDispatcher.class);

	private final JsonServer server = new JsonServer();

	private final TestClock clock = new TestClock();

	private final InMemoryQueue queue = new InMemoryQueue(this.clock);

	private final List<DispatchResult> results = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubUriAutoConfiguration.class, PubSubConsumerAutoConfiguration.class))
		.withBean(OutcomeListener.class, () -> this.results::add)
		.withBean(Source.class, this.queue::source)
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.drain=1s");

	private final ApplicationContextRunner withHandler = this.contextRunner
		.withBean("signupHandler", SignupHandler.class)
		.withPropertyValues("pubsub.uri.allowed-hosts=" + this.server.hostAndPort());

	private final ApplicationContextRunner withCache = this.withHandler
		.withBean(CacheManager.class, ConcurrentMapCacheManager::new)
		.withPropertyValues("pubsub.uri.cache.enabled=true");

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Test
	void handlesTheResourceOfMessage() {
		this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
		this.withHandler.run((context) -> {
			assertThat(send("created", "/signup_event/1")).isSucceeded();
			assertThat(context.getBean(SignupHandler.class).names).containsExactly("Ada");
		});
	}

	@Test
	void allowsNoHostByDefault() {
		this.contextRunner.withBean("signupHandler", SignupHandler.class).run((context) -> {
			assertThat(send("created", "/signup_event/1")).isFailed().cause().hasMessageContaining("the allowed hosts");
			assertThat(this.server.requests()).isEmpty();
		});
	}

	@Test
	void retriesWhatIsNotFoundUntilItIsThere() {
		this.withHandler.run((context) -> {
			assertThat(send("created", "/signup_event/1")).isRetried()
				.hasReason("URI resource not found")
				.retriesAfter(Duration.ofSeconds(1));
			this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
			this.clock.advance(Duration.ofSeconds(1));
			assertThat(awaitOutcome(2)).isSucceeded();
		});
	}

	@Test
	void retriesAfterTheConfiguredDelay() {
		this.withHandler.withPropertyValues("pubsub.uri.nack-delay=7s")
			.run((context) -> assertThat(send("created", "/signup_event/1")).retriesAfter(Duration.ofSeconds(7)));
	}

	@Test
	void failsOnWhatIsNotFoundWhenToldSo() {
		this.withHandler.withPropertyValues("pubsub.uri.nack-if-not-found=false")
			.run((context) -> assertThat(send("created", "/signup_event/1")).isFailed());
	}

	@Test
	void refusesWhatIsTooLarge() {
		this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
		this.withHandler.withPropertyValues("pubsub.uri.max-size=5B")
			.run((context) -> assertThat(send("created", "/signup_event/1")).isFailed()
				.cause()
				.hasMessageContaining("the largest size allowed"));
	}

	@Test
	void forwardsConfiguredHeaders() {
		this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
		this.withHandler.withPropertyValues("pubsub.uri.forward-headers=tenant").run((context) -> {
			assertThat(send("created", "/signup_event/1")).isSucceeded();
			assertThat(this.server.requests()).singleElement()
				.satisfies((headers) -> assertThat(headers.getFirst("tenant")).isEqualTo("blue"))
				.satisfies((headers) -> assertThat(headers).doesNotContainKey("X-request-id"));
		});
	}

	@Test
	void logsBadSchemeOnceWithHandlerAndUri() {
		this.withHandler
			.run((context) -> assertThat(sendUri("created", "xyz://example.com/signup_event/1?key=secret")).isFailed());
		assertThat(this.log.events()).singleElement().satisfies((event) -> {
			assertThat(event.getFormattedMessage()).contains("signupHandler");
			assertThat(event.getThrowableProxy().getMessage())
				.isEqualTo("xyz://example.com/signup_event/1 is not fetched: its scheme must be http or https");
		});
	}

	@Test
	void fetchesCachedResourceOnlyOnce() {
		this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
		this.withCache.run((context) -> {
			assertThat(send("created", "/signup_event/1")).isSucceeded();
			assertThat(send("created", "/signup_event/1")).isSucceeded();
			assertThat(this.server.requests()).hasSize(1);
			assertThat(context.getBean(SignupHandler.class).names).containsExactly("Ada", "Ada");
		});
	}

	@Test
	void fetchesAgainWhatMayChange() {
		this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
		this.withCache.run((context) -> {
			assertThat(send("changed", "/signup_event/1")).isSucceeded();
			assertThat(send("changed", "/signup_event/1")).isSucceeded();
			assertThat(this.server.requests()).hasSize(2);
		});
	}

	@Test
	void cachesWhatThePolicyOfTheUserAllows() {
		this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
		this.withCache.withBean(ResourceCachePolicy.class, () -> (mediaType, uri) -> true).run((context) -> {
			assertThat(send("changed", "/signup_event/1")).isSucceeded();
			assertThat(send("changed", "/signup_event/1")).isSucceeded();
			assertThat(this.server.requests()).hasSize(1);
		});
	}

	@Test
	void cachesNothingByDefault() {
		this.withHandler.withBean(CacheManager.class, ConcurrentMapCacheManager::new)
			.run((context) -> assertThat(context).doesNotHaveBean(ResourceCache.class));
	}

	@Test
	void refusesCacheWithoutCacheManager() {
		this.withHandler.withPropertyValues("pubsub.uri.cache.enabled=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("pubsub.uri.cache.enabled", "no CacheManager", "@EnableCaching"));
	}

	@Test
	void refusesCacheThatTheCacheManagerLacks() {
		this.withHandler.withBean(CacheManager.class, () -> new ConcurrentMapCacheManager("others"))
			.withPropertyValues("pubsub.uri.cache.enabled=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("no cache 'pubsub-resources'"));
	}

	@Test
	void refusesAllowedHostThatIsNone() {
		this.contextRunner.withPropertyValues("pubsub.uri.allowed-hosts=https://example.com")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("the allowed hosts have 'https://example.com'"));
	}

	@Test
	void refusesConnectTimeoutOfZero() {
		this.contextRunner.withPropertyValues("pubsub.uri.connect-timeout=0s")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("connect timeout"));
	}

	@Test
	void refusesReadTimeoutOfZero() {
		this.contextRunner.withPropertyValues("pubsub.uri.read-timeout=0s")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("read timeout"));
	}

	@Test
	void usesTheRestClientOfTheUser() {
		this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
		this.withHandler
			.withBean(RestClient.Builder.class, () -> RestClient.builder().defaultHeader("authorization", "ours"))
			.run((context) -> {
				assertThat(send("created", "/signup_event/1")).isSucceeded();
				assertThat(this.server.requests().get(0).getFirst("authorization")).isEqualTo("ours");
			});
	}

	@Test
	void backsOffWhenTheUserProvidesResources() {
		this.contextRunner.withBean("userResources", UriResources.class, () -> null)
			.run((context) -> assertThat(context).doesNotHaveBean("pubSubUriResources"));
	}

	@Test
	void backsOffWhenTheUserProvidesCache() {
		this.withCache.withBean("userCache", ResourceCache.class, () -> null)
			.run((context) -> assertThat(context).doesNotHaveBean("pubSubResourceCache"));
	}

	@Test
	void isOffWithoutTheModule() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(UriResources.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("pubSubUriResources"));
	}

	@Test
	void isOffWithoutRestClient() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(RestClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PubSubUriAutoConfiguration.class));
	}

	private Outcome send(String change, String path) {
		return sendUri(change, this.server.uri(path).toString());
	}

	private Outcome sendUri(String change, String uri) {
		int deliveries = this.results.size();
		this.queue.send("""
				{"mediaType": "application/vnd.example.pubsub._.%s.signup_event", "uri": "%s",
				 "opaqueData": {"tenant": "blue", "x-request-id": "7"}}""".formatted(change, uri));
		return awaitOutcome(deliveries + 1);
	}

	private Outcome awaitOutcome(int delivery) {
		Awaitility.await().until(() -> this.results.size() >= delivery);
		return this.results.get(delivery - 1).outcome();
	}

	@Handles(mediaTypes = { "created.signup_event", "changed.signup_event" })
	static class SignupHandler extends UriHandler<Signup> {

		private final List<String> names = new CopyOnWriteArrayList<>();

		SignupHandler(UriResources resources) {
			super(resources, Signup.class);
		}

		@Override
		protected Outcome handle(Signup signup, ChangedUriMessage message, MessageContext context) {
			this.names.add(signup.name());
			return Outcome.succeeded();
		}

	}

	record Signup(String name) {

	}

}
