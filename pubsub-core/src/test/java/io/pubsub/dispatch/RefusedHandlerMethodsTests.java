package io.pubsub.dispatch;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.UriMessage;
import io.pubsub.dispatch.HandlerMethodsTests.FooHandler;
import io.pubsub.dispatch.HandlerMethodsTests.Order;
import io.pubsub.dispatch.HandlerMethodsTests.VoidHandler;
import io.pubsub.schema.SchemaRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what {@link HandlerMethods} refuses.
 */
class RefusedHandlerMethodsTests {

	private static final MediaType ORDER = new MediaType("application/vnd.example.order");

	private static final MediaType FOO_CREATED = new MediaType("application/vnd.example.pubsub._.created.foo");

	private final MediaTypes mediaTypes = new MediaTypes("example");

	private final SchemaRegistry schemas = new SchemaRegistry(this.mediaTypes, true);

	private final HandlerMethods methods = new HandlerMethods(this.mediaTypes, this.schemas);

	@Test
	void refusesAProxyThatLacksTheMethod() {
		Runnable proxy = (Runnable) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Runnable.class }, (instance, method, arguments) -> null);
		assertInvalid(proxy, VoidHandler.class, "have the class proxied");
	}

	@Test
	void refusesAMethodWithOtherParameters() {
		assertInvalid(new TwoContents(), TwoContents.class, "bean.on", "MessageContext");
	}

	@Test
	void refusesAMethodWithAnotherReturnType() {
		assertInvalid(new ReturnsText(), ReturnsText.class, "java.lang.String", "CompletionStage");
	}

	@Test
	void refusesAPromiseOfSomethingElse() {
		assertInvalid(new PromisesText(), PromisesText.class, "CompletionStage<java.lang.String>");
	}

	@Test
	void refusesContentWithTypeParameters() {
		assertInvalid(new TakesList(), TakesList.class, "java.util.List", "type parameters");
		assertInvalid(new TakesMapOfOrders(), TakesMapOfOrders.class, "java.util.Map", "type parameters");
	}

	@Test
	void refusesAMediaTypeThatTheSchemaContradicts() {
		assertInvalid(new Contradicting(), Contradicting.class, ORDER.value(), "created.ordre");
	}

	@Test
	void refusesAPrivateMethod() {
		assertInvalid(new PrivateHandler(), PrivateHandler.class, "private");
	}

	@Test
	void refusesATypeThatIsNoMessageHandler() {
		assertInvalid(new NoHandler(), NoHandler.class, "MessageHandler");
	}

	@Test
	void refusesContentWithoutMediaType() {
		assertInvalid(new TakesText(), TakesText.class, "java.lang.String", "@MessageSchema");
	}

	@Test
	void refusesContentThatIsNotTheSchemaOfTheMediaType() {
		this.schemas.register(FOO_CREATED, Order.class);
		assertInvalid(new FooHandler(), FooHandler.class, UriMessage.class.getName(), Order.class.getName());
	}

	@Test
	void refusesAMediaTypeThatIsNone() {
		assertInvalid(new BadMediaType(), BadMediaType.class, "bean.on", "nonsense");
	}

	private void assertInvalid(Object bean, Class<?> type, String... texts) {
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> this.methods.find("bean", bean, type))
			.withMessageContainingAll(texts);
	}

	static class PromisesText {

		@Handles
		CompletionStage<String> on(Order order) {
			return CompletableFuture.completedFuture("");
		}

	}

	static class TakesList {

		@Handles(mediaTypes = "created.foo")
		void on(List<Order> orders) {
		}

	}

	static class TakesMapOfOrders {

		@Handles(mediaTypes = "created.foo")
		void on(Map<String, Order> orders) {
		}

	}

	static class Contradicting {

		@Handles(mediaTypes = "created.ordre")
		void on(Order order) {
		}

	}

	static class TwoContents {

		@Handles
		void on(Order order, Order other) {
		}

	}

	static class ReturnsText {

		@Handles
		String on(Order order) {
			return "";
		}

	}

	static class PrivateHandler {

		@Handles
		private void on(Order order) {
		}

	}

	@Handles(Order.class)
	static class NoHandler {

	}

	static class TakesText {

		@Handles
		void on(String text) {
		}

	}

	static class BadMediaType {

		@Handles(mediaTypes = "nonsense")
		void on(Order order) {
		}

	}

}
