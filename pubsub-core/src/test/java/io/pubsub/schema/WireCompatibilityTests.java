package io.pubsub.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.pubsub.ChangedUriMessage;
import io.pubsub.IdentityMessage;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.UriMessage;
import io.pubsub.publish.BatchMessage;
import io.pubsub.transport.InboundMessage;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.NotNull;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Envelope} and {@link MessageCodec} with what a microcosm-pubsub 2.30
 * producer put on a queue, in notifications and raw.
 */
class WireCompatibilityTests {

	private static final String NOTIFICATIONS = "microcosm-wire.jsonl";

	private static final String RAW = "microcosm-wire-raw.jsonl";

	private static final MediaType SIMPLE = new MediaType("application/vnd.globality.pubsub.simple");

	private static final MediaType BATCH = new MediaType("application/vnd.globality.pubsub._.created.batch_message");

	private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

	private final JsonMapper mapper = JsonMapper.shared();

	private final SchemaRegistry schemas = new SchemaRegistry(new MediaTypes(null), true);

	private final MessageCodec codec = new MessageCodec(this.mapper, VALIDATORS.getValidator(), this.schemas);

	@AfterAll
	static void closeValidators() {
		VALIDATORS.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { NOTIFICATIONS, RAW })
	void opensEveryMessage(String fixture) {
		assertThat(open(fixture)).extracting((opened) -> opened.mediaType().value())
			.containsExactly("application/vnd.globality.pubsub.simple",
					"application/vnd.globality.pubsub._.created.foo", "application/vnd.globality.pubsub._.changed.foo",
					"application/vnd.globality.pubsub._.deleted.foo",
					"application/vnd.globality.pubsub._.created.foo.bar_baz",
					"application/vnd.globality.pubsub._.created.batch_message");
	}

	@ParameterizedTest
	@ValueSource(strings = { NOTIFICATIONS, RAW })
	void findsTheAttributeOfEveryMessage(String fixture) {
		assertThat(open(fixture)).allSatisfy(
				(opened) -> assertThat(opened.attributes()).containsEntry("media_type", opened.mediaType().value()));
	}

	@ParameterizedTest
	@ValueSource(strings = { NOTIFICATIONS, RAW })
	void decodesTheMessagesOfTheConvention(String fixture) {
		URI uri = URI.create("https://example.com/foo/1");
		assertThat(open(fixture).subList(1, 5).stream().map(this::decode)).containsExactly(new UriMessage(uri),
				new ChangedUriMessage(uri, "x", "y"), new IdentityMessage("1"), new UriMessage(uri));
	}

	@ParameterizedTest
	@ValueSource(strings = { NOTIFICATIONS, RAW })
	void readsTheOpaqueData(String fixture) {
		assertThat(open(fixture).get(4).opaqueData().asMap()).containsOnly(Map.entry("x-request-id", "req-1"),
				Map.entry("x-request-ttl", "31"), Map.entry("x-request-published", "1795348334.0864413"));
	}

	@ParameterizedTest
	@ValueSource(strings = { NOTIFICATIONS, RAW })
	void encodesEveryMessageAsThePeerDid(String fixture) {
		this.schemas.register(SIMPLE, SimpleMessage.class);
		this.schemas.register(BATCH, BatchMessage.class);
		assertThat(open(fixture)).extracting(this::encode)
			.containsExactlyElementsOf(lines(RAW).stream()
				.map((line) -> this.mapper.readTree(this.mapper.readTree(line).path("Body").stringValue()))
				.toList());
	}

	private JsonNode encode(OpenedMessage opened) {
		return this.mapper.readTree(this.codec.encode(opened.mediaType(), decode(opened), opened.opaqueData()));
	}

	private Object decode(OpenedMessage opened) {
		Class<?> schema = this.schemas.find(opened.mediaType());
		assertThat(schema).isNotNull();
		return this.codec.decode(opened, schema);
	}

	private List<OpenedMessage> open(String fixture) {
		Envelope envelope = Envelope.codec(this.mapper);
		return lines(fixture).stream().map(this::received).map(envelope::open).toList();
	}

	private InboundMessage received(String line) {
		JsonNode message = this.mapper.readTree(line);
		Map<String, String> attributes = message.path("MessageAttributes")
			.propertyStream()
			.collect(
					Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().path("StringValue").stringValue()));
		return new InboundMessage(message.path("MessageId").stringValue(), message.path("Body").stringValue(),
				attributes, null, null);
	}

	private static List<String> lines(String fixture) {
		try {
			return Files.readAllLines(Path.of("src/test/resources/fixtures", fixture));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	record SimpleMessage(@NotNull String message, @NotNull Double timestamp) {

	}

}
