package io.pubsub.autoconfigure.validation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.pubsub.autoconfigure.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link PropertyCheck} and {@link KnownProperties}.
 */
class PropertyCheckTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@RegisterExtension
	private final CapturedLog log = new CapturedLog(PropertyCheck.class);

	@ParameterizedTest
	@CsvSource({ "pubsub.consumer.concurency, pubsub.consumer.concurrency",
			"pubsub.consumer.maxAtempts, pubsub.consumer.max-attempts",
			"pubsub.producer.topics.creatd.foo.bar, pubsub.producer.topics.created",
			"pubsub.consumer.idempotency.stor, pubsub.consumer.idempotency.store",
			"pubsub.uri.allowed-host[0], pubsub.uri.allowed-hosts", "pubsub.sourc, pubsub.source",
			"pubsub.pipelines.words.max-flight, pubsub.pipelines.words.max-in-flight",
			"pubsub.local.buckets.files.sufix, pubsub.local.buckets.files.suffix" })
	void refusesAPropertyThatIsMisspelt(String property, String meant) {
		assertThatExceptionOfType(WrongPropertiesException.class).isThrownBy(() -> check(property))
			.withMessageEndingWith("Is it %s?", meant)
			.withMessageContaining("There is no property pubsub.")
			.withMessageContaining("from property source \"test\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pubsub.consumer.maxAttempts", "pubsub.consumer.max_attempts",
			"pubsub.consumer.handlers[1]", "pubsub.producer.topics.default", "pubsub.producer.topics.created.foo.bar",
			"pubsub.consumer", "pubsub.producer.topics.mappings[application/vnd.example.pubsub._.created.*]",
			"pubsub.uri.cache.enabled", "pubsub.local.buckets.files.suffix", "pubsub.command-line.command", "pubsub",
			"pubsubs.source", "other.pubsub.sourc" })
	void acceptsAPropertyThatExists(String property) {
		assertThatNoException().isThrownBy(() -> check(property));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pubsub.source", "pubsub.consumer.concurrency", "pubsub.consumer.drain",
			"pubsub.dead-letter.destination", "pubsub.producer.topics.default" })
	void refusesAnEmptyValue(String property) {
		assertThatExceptionOfType(WrongPropertiesException.class).isThrownBy(() -> check(property, " "))
			.withMessageContaining(property + " (\"" + property + "\" from property source \"test\") is empty");
	}

	@Test
	void permitsAnEmptyList() {
		assertThatNoException().isThrownBy(() -> check("pubsub.consumer.handlers", ""));
	}

	@Test
	void warnsOfAPropertyThatResemblesNone() {
		check("pubsub.billing.account");
		assertThat(this.log.messages()).singleElement()
			.asString()
			.contains("There is no property pubsub.billing.account");
	}

	@Test
	void warnsOfAVariableThatIsMisspelt() {
		checkVariables("PUBSUB_CONSUMER_CONCURENCY");
		assertThat(this.log.messages()).singleElement().asString().contains("Is it pubsub.consumer.concurrency?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUBSUB_CONSUMER_MAXATTEMPTS", "PUBSUB_CONSUMER_MAX_ATTEMPTS",
			"PUBSUB_CONSUMER_HANDLERS_0_", "PUBSUB_PRODUCER_TOPICS_CREATED_FOO_BAR", "PUBSUB_SERVICE_HOST",
			"PUBSUB_EMULATOR_HOST", "PUBSUB_PORT_80_TCP" })
	void saysNothingOfOtherVariables(String variable) {
		checkVariables(variable);
		assertThat(this.log.messages()).isEmpty();
	}

	@Test
	void knowsWhatTheMetadataHas() throws IOException {
		Path metadata = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
		List<String> names = new JsonMapper().readTree(metadata)
			.path("properties")
			.valueStream()
			.map((property) -> property.path("name").stringValue())
			.filter((name) -> name.startsWith("pubsub."))
			.toList();
		assertThat(new KnownProperties().names()).contains("pubsub.command-line").containsAll(names);
	}

	private void check(String property) {
		check(property, "1");
	}

	private void check(String property, String value) {
		this.environment.getPropertySources().addLast(new MapPropertySource("test", Map.of(property, value)));
		new PropertyCheck(Supplier::get).postProcessEnvironment(this.environment, new SpringApplication());
	}

	private void checkVariables(String variable) {
		this.environment.getPropertySources()
			.addLast(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(variable, "1")));
		new PropertyCheck(Supplier::get).postProcessEnvironment(this.environment, new SpringApplication());
	}

}
