package io.pubsub.uri;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.pubsub.ChangedUriMessage;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.NackException;
import io.pubsub.OpaqueData;
import io.pubsub.UriMessage;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.schema.internal.LenientUri;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Email;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.util.unit.DataSize;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UriResources}.
 */
class UriResourcesTests {

	private static final MediaType MEDIA_TYPE = new MediaType("application/vnd.example.pubsub._.created.customer");

	private final ResourceServer server = new ResourceServer();

	private final ConcurrentMapCache cache = new ConcurrentMapCache(ResourceCache.NAME);

	private final UriResources resources = resources(true, Duration.ofSeconds(10));

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Test
	void fetchesJsonWithGet() {
		this.server.put("/customer/1", "{\"name\": \"Ada\"}");
		assertThat(get("/customer/1")).isEqualTo(Map.of("name", "Ada"));
		assertThat(this.server.requests()).singleElement()
			.satisfies((headers) -> assertThat(headers.getFirst("Accept")).isEqualTo("application/json"));
	}

	@Test
	void keepsTheQuery() {
		this.server.put("/customer", "{}");
		assertThat(get("/customer?id=1&name=%C3%A4")).isEmpty();
	}

	@Test
	void asksForWhatOtherLanguagesTakeForAUri() {
		this.server.put("/customer ä%zz", "\ufeff{\"name\": \"Ada\"}");
		UriMessage message = new UriMessage(LenientUri.parse(this.server.uri("/") + "customer ä%zz?{y}|z"));
		assertThat(this.resources.get(message, context(Map.of()))).isEqualTo(Map.of("name", "Ada"));
	}

	@Test
	void convertsToRecord() {
		this.server.put("/customer/1", "{\"email\": \"ada@example.com\", \"score\": 1.10, \"unknown\": 1}");
		assertThat(this.resources.get(message("/customer/1"), context(Map.of()), Customer.class))
			.isEqualTo(new Customer("ada@example.com", new BigDecimal("1.10")));
	}

	@Test
	void convertsToTree() {
		this.server.put("/customer/1", "{\"tags\": [1]}");
		JsonNode tree = this.resources.get(message("/customer/1"), context(Map.of()), JsonNode.class);
		assertThat(tree.at("/tags/0").intValue()).isEqualTo(1);
	}

	@Test
	void refusesResourceThatViolatesItsConstraintsWithoutQuotingIt() {
		this.server.put("/customer/1", "{\"email\": \"secret\", \"score\": 1}");
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> this.resources.get(message("/customer/1"), context(Map.of()), Customer.class))
			.withMessageContainingAll("/customer/1 is not as expected", "email")
			.satisfies((ex) -> assertThat(ex).hasNoCause())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	@ParameterizedTest
	@CsvSource({ "secret, is not valid JSON at line 1", "[], is not a JSON object",
			"'{\"a\": secret}', is not valid JSON at line 1",
			"'{\"a\": 1e4111111111111}', is not valid JSON at line 1" })
	void refusesWhatIsNoJsonObjectWithoutQuotingIt(String body, String problem) {
		this.server.put("/customer/1", body);
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> get("/customer/1"))
			.withMessageContaining(problem)
			.satisfies((ex) -> assertThat(ex).hasNoCause())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	@Test
	void forwardsAllowedOpaqueDataOnly() {
		this.server.put("/customer/1", "{}");
		this.resources.get(message("/customer/1"), context(Map.of("X-Request-Id", "7", "token", "secret")));
		assertThat(this.server.requests()).singleElement()
			.satisfies((headers) -> assertThat(headers.getFirst("x-request-id")).isEqualTo("7"))
			.satisfies((headers) -> assertThat(headers).doesNotContainKey("Token"));
	}

	@Test
	void asksForRetryWhenResourceIsNotFound() {
		assertThatExceptionOfType(NackException.class).isThrownBy(() -> get("/customer/1"))
			.withMessage("URI resource not found")
			.satisfies((ex) -> assertThat(ex.delay()).isEqualTo(Duration.ofSeconds(3)));
	}

	@Test
	void failsWhenResourceIsNotFoundAndToldSo() {
		UriResources strict = resources(false, Duration.ofSeconds(10));
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> strict.get(message("/customer/1"), context(Map.of())))
			.withMessageContaining("/customer/1 is not found");
	}

	@ParameterizedTest
	@ValueSource(ints = { 304, 400, 401, 410, 500, 503 })
	void failsOnOtherAnswersWithoutQuotingThem(int status) {
		this.server.put("/customer/1", status, (status == 304) ? "" : "secret");
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> get("/customer/1?key=secret"))
			.withMessage("%s cannot be fetched: the answer is %d", this.server.uri("/customer/1"), status);
	}

	@Test
	void failsWhenNobodyAnswers() {
		this.server.close();
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> get("/customer/1?key=secret"))
			.withMessage("%s cannot be fetched: ConnectException", this.server.uri("/customer/1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{" })
	@Timeout(value = 20, unit = TimeUnit.SECONDS)
	void failsWhenTheAnswerTakesTooLong(String beginning) {
		try (SilentServer silent = new SilentServer(beginning)) {
			UriResources hasty = resources(true, Duration.ofMillis(100), silent.hostAndPort());
			UriMessage message = new UriMessage(URI.create("http://" + silent.hostAndPort() + "/customer/1"));
			assertThatExceptionOfType(UriResourceException.class)
				.isThrownBy(() -> hasty.get(message, context(Map.of())))
				.withMessageContaining("cannot be fetched: ");
		}
	}

	@Test
	void repeatsNoStatusLineThatSteersATerminal() {
		try (SilentServer rude = new SilentServer("HTTP/1.1 \u001B[31m\r\n\r\n")) {
			UriResources patient = resources(true, Duration.ofSeconds(10), rude.hostAndPort());
			UriMessage message = new UriMessage(URI.create("http://" + rude.hostAndPort() + "/customer/1"));
			assertThatExceptionOfType(UriResourceException.class)
				.isThrownBy(() -> patient.get(message, context(Map.of())))
				.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("[31m"))
				.satisfies((ex) -> assertThat(ex).cause().message().doesNotContain("\u001B"));
		}
	}

	@Test
	void refusesResourceThatIsTooLarge() {
		this.server.put("/customer/1", "{\"name\": \"%s\"}".formatted("a".repeat(2000)));
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> get("/customer/1"))
			.withMessageContaining("larger than the largest size allowed, 1024 bytes");
	}

	@Test
	void refusesHostThatIsNotAllowed() {
		UriMessage message = new UriMessage(URI.create("http://127.0.0.1:1/customer/1"));
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> this.resources.get(message, context(Map.of())))
			.withMessageContaining("127.0.0.1:1 is not among the allowed hosts");
	}

	@Test
	void followsRedirectsToAllowedHosts() {
		this.server.redirect("/old", "/customer/1");
		this.server.put("/customer/1", "{\"name\": \"Ada\"}");
		assertThat(get("/old")).isEqualTo(Map.of("name", "Ada"));
	}

	@Test
	void refusesRedirectsToOtherHosts() {
		try (ResourceServer other = new ResourceServer()) {
			this.server.redirect("/customer/1", other.uri("/customer/1").toString());
			assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> get("/customer/1"))
				.withMessageContaining("%s is not among the allowed hosts", other.hostAndPort());
			assertThat(other.requests()).isEmpty();
		}
	}

	@Test
	void refusesRedirectsWithCredentials() {
		this.server.redirect("/customer/1", "http://ada:secret@" + this.server.hostAndPort() + "/customer/2");
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> get("/customer/1"))
			.withMessageContaining("must not carry credentials");
	}

	@Test
	void givesUpAfterFiveRedirects() {
		this.server.redirect("/customer/1", "/customer/1");
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> get("/customer/1"))
			.withMessageContaining("more than 5 redirects");
		assertThat(this.server.requests()).hasSize(6);
	}

	@Test
	void failsOnRedirectToNowhere() {
		this.server.redirect("/customer/1", "http://[");
		assertThatExceptionOfType(UriResourceException.class).isThrownBy(() -> get("/customer/1"))
			.withMessageContaining("redirects to something that is no URI");
	}

	@ParameterizedTest
	@CsvSource({ "name, Ada", "level, 3", "active, true", "gone, ", "absent, " })
	void returnsResourceWhoseFieldHasTheNewValue(String field, @Nullable String value) {
		this.server.put("/customer/1", "{\"name\": \"Ada\", \"level\": 3, \"active\": true, \"gone\": null}");
		ChangedUriMessage message = new ChangedUriMessage(this.server.uri("/customer/1"), field, value);
		assertThat(this.resources.get(message, context(Map.of()), JsonNode.class).size()).isEqualTo(4);
	}

	@ParameterizedTest
	@CsvSource({ "name, Grace", "name, ", "absent, Ada", "gone, Ada", "address, Ada" })
	void asksForRetryWhenFieldHasNotTheNewValueYet(String field, @Nullable String value) {
		this.server.put("/customer/1", "{\"name\": \"Ada\", \"gone\": null, \"address\": {}}");
		ChangedUriMessage message = new ChangedUriMessage(this.server.uri("/customer/1"), field, value);
		assertThatExceptionOfType(NackException.class)
			.isThrownBy(() -> this.resources.get(message, context(Map.of()), JsonNode.class))
			.withMessage("Resource field value does not match message")
			.satisfies((ex) -> assertThat(ex.delay()).isEqualTo(Duration.ofSeconds(3)));
	}

	@Test
	void comparesNothingWithoutField() {
		this.server.put("/customer/1", "{}");
		ChangedUriMessage message = new ChangedUriMessage(this.server.uri("/customer/1"), null, "Ada");
		assertThat(this.resources.get(message, context(Map.of()), JsonNode.class)).isEmpty();
	}

	@Test
	void fetchesOnceWhatIsCacheable() {
		this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
		assertThat(get("/signup_event/1")).isEqualTo(get("/signup_event/1"));
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void fetchesAgainWhatIsNotCacheable() {
		this.server.put("/customer/1", "{}");
		get("/customer/1");
		get("/customer/1");
		assertThat(this.server.requests()).hasSize(2);
		assertThat(this.cache.getNativeCache()).isEmpty();
	}

	@Test
	void doesNotRememberThatResourceWasNotFound() {
		assertThatExceptionOfType(NackException.class).isThrownBy(() -> get("/signup_event/1"));
		this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
		assertThat(get("/signup_event/1")).isEqualTo(Map.of("name", "Ada"));
	}

	@Test
	void refusesHostThatIsNotAllowedEvenIfCached() {
		URI uri = URI.create("http://127.0.0.1:1/signup_event/1");
		this.cache.put(uri.toString(), "{}");
		assertThatExceptionOfType(UriResourceException.class)
			.isThrownBy(() -> this.resources.get(new UriMessage(uri), context(Map.of())));
	}

	@Test
	void comparesFieldWithFreshResource() {
		this.server.put("/signup_event/1", "{\"name\": \"Ada\"}");
		get("/signup_event/1");
		this.server.put("/signup_event/1", "{\"name\": \"Grace\"}");
		ChangedUriMessage message = new ChangedUriMessage(this.server.uri("/signup_event/1"), "name", "Grace");
		assertThat(this.resources.get(message, context(Map.of()), JsonNode.class).get("name").stringValue())
			.isEqualTo("Grace");
	}

	private Map<String, Object> get(String path) {
		return this.resources.get(message(path), context(Map.of()));
	}

	private UriMessage message(String path) {
		return new UriMessage(this.server.uri(path));
	}

	private static MessageContext context(Map<String, String> opaqueData) {
		return new MessageContext("1", MEDIA_TYPE, 1, null, null, OpaqueData.of(opaqueData), Map.of());
	}

	private UriResources resources(boolean nackIfNotFound, Duration readTimeout) {
		return resources(nackIfNotFound, readTimeout, this.server.hostAndPort());
	}

	private UriResources resources(boolean nackIfNotFound, Duration readTimeout, String allowedHost) {
		UriOptions options = new UriOptions(List.of(allowedHost), List.of("x-request-*"), nackIfNotFound,
				Duration.ofSeconds(3), Duration.ofSeconds(5), readTimeout, DataSize.ofKilobytes(1));
		MediaTypes mediaTypes = new MediaTypes("example");
		JsonMapper mapper = new JsonMapper();
		MessageCodec codec = new MessageCodec(mapper, Validation.buildDefaultValidatorFactory().getValidator(),
				new SchemaRegistry(mediaTypes, true));
		return new UriResources(options, RestClient.builder(), codec, mapper,
				new ResourceCache(this.cache, ResourceCachePolicy.createdEvents(mediaTypes)));
	}

	record Customer(@Email String email, BigDecimal score) {

	}

}
