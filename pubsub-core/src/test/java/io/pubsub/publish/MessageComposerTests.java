package io.pubsub.publish;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageDeduplicationId;
import io.pubsub.MessageGroupId;
import io.pubsub.MessageSchema;
import io.pubsub.OpaqueData;
import io.pubsub.publish.ComposeInterceptor.Phase;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.OutboundMessage;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link MessageComposer}.
 */
class MessageComposerTests {

	private static final MediaType DELETED = new MediaType("application/vnd.example.pubsub._.deleted.order");

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("example"), true);

	private final Map<String, String> headers = new LinkedHashMap<>();

	private final Message message = Message.of(DELETED, Map.of("id", "1")).inGroup("orders");

	@Test
	void addsHeadersToTheOpaqueDataAndTheAttributes() {
		this.headers.put("traceparent", "00-1-2-01");
		OutboundMessage composed = compose(this.message);
		assertThat(composed.attributes()).containsOnly(entry("media_type", DELETED.value()),
				entry("traceparent", "00-1-2-01"));
		assertThat(opaqueData(composed)).containsEntry("traceparent", "00-1-2-01");
	}

	@Test
	void prefersWhatTheMessageSaysForItself() {
		this.headers.put("traceparent", "00-1-2-01");
		OutboundMessage composed = compose(this.message.with(OpaqueData.of(Map.of("Traceparent", "own"))));
		assertThat(composed.attributes()).containsEntry("traceparent", "own");
		assertThat(opaqueData(composed)).containsEntry("Traceparent", "own").doesNotContainKey("traceparent");
	}

	@Test
	void hasNoMoreAttributesThanTheDestinationTakes() {
		this.headers.put("a", "1");
		this.headers.put("b", "2");
		this.headers.put("c", "3");
		OutboundMessage composed = compose(this.message);
		assertThat(composed.attributes()).containsOnlyKeys("media_type", "a", "b");
		assertThat(opaqueData(composed)).containsEntry("c", "3");
	}

	@Test
	void asksTheInterceptorsInTheOrderOfTheirPhases() {
		List<String> order = new ArrayList<>();
		compose(this.message, recording(order, "second", Phase.USER), recording(order, "third", Phase.USER),
				recording(order, "first", Phase.OBSERVE));
		assertThat(order).containsExactly("first", "second", "third");
	}

	@Test
	void addsTheHeadersOfAllInterceptors() {
		OutboundMessage composed = compose(this.message, adding("a", "1"), adding("b", "2"));
		assertThat(composed.attributes()).containsOnlyKeys("media_type", "a", "b");
		assertThat(opaqueData(composed)).containsEntry("a", "1").containsEntry("b", "2");
	}

	@Test
	void prefersTheHeaderOfTheInnerInterceptor() {
		OutboundMessage composed = compose(this.message, adding("a", "outer"), adding("a", "inner"));
		assertThat(composed.attributes()).containsEntry("a", "inner");
	}

	@Test
	void hasNoEmptyAttributes() {
		this.headers.put("tracestate", "");
		assertThat(compose(this.message).attributes()).containsOnlyKeys("media_type");
	}

	@Test
	void leavesToTheBodyWhatNoAttributeCanHold() {
		this.headers.put("baggage", "\uFFFE");
		OutboundMessage composed = compose(this.message);
		assertThat(composed.attributes()).containsOnlyKeys("media_type");
		assertThat(opaqueData(composed)).containsEntry("baggage", "\uFFFE");
	}

	@Test
	void sendsTheDeclaredIds() {
		this.schemas.register(Order.class);
		OutboundMessage composed = compose(Message.of(new Order("customer-1", "order-1")));
		assertThat(composed.groupId()).isEqualTo("customer-1");
		assertThat(composed.deduplicationId()).isEqualTo("order-1");
	}

	@Test
	void refusesASchemaWhoseDeclaredIdIsNone() {
		this.schemas.register(Faulty.class);
		assertThatIllegalArgumentException().isThrownBy(() -> compose(this.message))
			.withMessageContaining(Faulty.class.getName() + ".customers");
	}

	private OutboundMessage compose(Message message) {
		return compose(message, (mediaType, next) -> next.compose(this.headers));
	}

	private OutboundMessage compose(Message message, ComposeInterceptor... interceptors) {
		Validator validator = Validation.buildDefaultValidatorFactory().getValidator();
		TopicRouter router = new TopicRouter(Topics.all("fifo"), new MediaTypes("example"));
		return new MessageComposer(this.schemas, new MessageCodec(this.mapper, validator, this.schemas), router,
				Propagation.defaults(), Clock.systemUTC(), FifoRules.INSTANCE, List.of(interceptors))
			.compose(message);
	}

	private static ComposeInterceptor adding(String header, String value) {
		return (mediaType, next) -> next.compose(Map.of(header, value));
	}

	private static ComposeInterceptor recording(List<String> order, String name, Phase phase) {
		return new ComposeInterceptor() {

			@Override
			public OutboundMessage intercept(MediaType mediaType, Composition next) {
				order.add(name);
				return next.compose(Map.of());
			}

			@Override
			public Phase phase() {
				return phase;
			}

		};
	}

	private Map<String, Object> opaqueData(OutboundMessage message) {
		Map<String, Object> values = new LinkedHashMap<>();
		this.mapper.readTree(message.body())
			.path("opaqueData")
			.properties()
			.forEach((entry) -> values.put(entry.getKey(), entry.getValue().stringValue()));
		return values;
	}

	@MessageSchema
	record Order(@MessageGroupId String customer, @MessageDeduplicationId String number) {
	}

	@MessageSchema
	record Faulty(@MessageGroupId List<String> customers) {
	}

}
