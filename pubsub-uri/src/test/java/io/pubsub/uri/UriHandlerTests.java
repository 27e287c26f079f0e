package io.pubsub.uri;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.pubsub.ChangedUriMessage;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.NackException;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import jakarta.validation.Validation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.unit.DataSize;
import org.springframework.web.client.RestClient;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UriHandler}.
 */
class UriHandlerTests {

	private static final MessageContext CONTEXT = new MessageContext("1",
			new MediaType("application/vnd.example.pubsub._.created.customer"), 1, null, null, OpaqueData.none(),
			Map.of());

	private final ResourceServer server = new ResourceServer();

	private final CustomerHandler handler = new CustomerHandler(resources());

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@Test
	void handlesTheConvertedResource() throws Exception {
		this.server.put("/customer/1", "{\"name\": \"Ada\"}");
		assertThat(handle("/customer/1")).isSucceeded();
		assertThat(this.handler.handled).isEqualTo(new Customer("Ada"));
	}

	@Test
	void skipsBeforeFetching() throws Exception {
		assertThat(handle("/known/1")).isSkipped().hasReason("the customer is known");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void doesNotHandleResourceThatIsNotFound() {
		assertThatExceptionOfType(NackException.class).isThrownBy(() -> handle("/customer/1"));
		assertThat(this.handler.handled).isNull();
	}

	@Test
	void doesNotHandleResourceThatHasNotChangedYet() {
		this.server.put("/customer/1", "{\"name\": \"Ada\"}");
		URI uri = this.server.uri("/customer/1");
		assertThatExceptionOfType(NackException.class)
			.isThrownBy(() -> this.handler.handle(new ChangedUriMessage(uri, "name", "Grace"), CONTEXT));
		assertThat(this.handler.handled).isNull();
	}

	private Outcome handle(String path) throws Exception {
		return this.handler.handle(new ChangedUriMessage(this.server.uri(path), null, null), CONTEXT);
	}

	private UriResources resources() {
		UriOptions options = new UriOptions(List.of(this.server.hostAndPort()), List.of(), true, Duration.ofSeconds(1),
				Duration.ofSeconds(5), Duration.ofSeconds(5), DataSize.ofKilobytes(1));
		JsonMapper mapper = new JsonMapper();
		MessageCodec codec = new MessageCodec(mapper, Validation.buildDefaultValidatorFactory().getValidator(),
				new SchemaRegistry(new MediaTypes("example"), true));
		return new UriResources(options, RestClient.builder(), codec, mapper, null);
	}

	record Customer(String name) {

	}

	static class CustomerHandler extends UriHandler<Customer> {

		private @Nullable Customer handled;

		CustomerHandler(UriResources resources) {
			super(resources, Customer.class);
		}

		@Override
		protected @Nullable String reasonToSkip(ChangedUriMessage message, MessageContext context) {
			return message.uri().getPath().startsWith("/known/") ? "the customer is known" : null;
		}

		@Override
		protected Outcome handle(Customer customer, ChangedUriMessage message, MessageContext context) {
			this.handled = customer;
			return Outcome.succeeded();
		}

	}

}
