package io.pubsub.dispatch;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.MessageHandler;
import io.pubsub.MessageSchema;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.UriMessage;
import io.pubsub.schema.SchemaRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link HandlerMethods}.
 */
class HandlerMethodsTests {

	private static final MediaType ORDER = new MediaType("application/vnd.example.order");

	private static final MediaType FOO_CREATED = new MediaType("application/vnd.example.pubsub._.created.foo");

	private final MediaTypes mediaTypes = new MediaTypes("example");

	private final SchemaRegistry schemas = new SchemaRegistry(this.mediaTypes, true);

	private final HandlerMethods methods = new HandlerMethods(this.mediaTypes, this.schemas);

	@Test
	void infersTheMediaTypeFromTheParameterOfAMethod() {
		Handler handler = only(new VoidHandler());
		assertThat(handler.name()).isEqualTo("bean.on");
		assertThat(handler.mediaType()).isEqualTo(ORDER);
		assertThat(handler.contentType()).isEqualTo(Order.class);
		assertThat(this.schemas.find(ORDER)).isEqualTo(Order.class);
	}

	@Test
	void voidSucceeds() throws Exception {
		assertThat(call(new VoidHandler())).isEqualTo(Outcome.succeeded());
	}

	@Test
	void trueSucceedsAndFalseSkips() throws Exception {
		assertThat(call(new BooleanHandler(true)).kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
		assertThat(call(new BooleanHandler(false)).kind()).isEqualTo(Outcome.Kind.SKIPPED);
	}

	@Test
	void returnsTheOutcomeThatTheMethodReturns() throws Exception {
		Outcome outcome = Outcome.ignored("not for us");
		assertThat(call(new OutcomeHandler(outcome))).isSameAs(outcome);
	}

	@Test
	void refusesNullForAnOutcome() {
		assertThatIllegalStateException().isThrownBy(() -> call(new OutcomeHandler(null)))
			.withMessageContaining("returned null");
	}

	@Test
	void waitsForACompletionStage() throws Exception {
		assertThat(call(new StageHandler(CompletableFuture.completedFuture(null)))).isEqualTo(Outcome.succeeded());
		assertThat(call(new StageHandler(CompletableFuture.completedFuture(false))).kind())
			.isEqualTo(Outcome.Kind.SKIPPED);
	}

	@Test
	void throwsWhatACompletionStageFailedWith() {
		StageHandler handler = new StageHandler(CompletableFuture.failedFuture(new IOException("gone")));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> call(handler)).withMessage("gone");
	}

	@Test
	void throwsWhatTheMethodThrows() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> call(new FailingHandler())).withMessage("gone");
	}

	@Test
	void passesTheContextToAMethodThatTakesIt() throws Exception {
		ContextHandler handler = new ContextHandler();
		call(handler);
		assertThat(handler.messageId).isEqualTo("m-1");
	}

	@Test
	void findsAHandlerThatIsAType() throws Exception {
		Handler handler = only(new OrderHandler());
		assertThat(handler.name()).isEqualTo("bean");
		assertThat(handler.contentType()).isEqualTo(Order.class);
		assertThat(call(new OrderHandler())).isEqualTo(Outcome.skipped("typed"));
	}

	@Test
	void resolvesTheShortFormOfAConventionMediaType() {
		Handler handler = only(new FooHandler());
		assertThat(handler.mediaType()).isEqualTo(FOO_CREATED);
		assertThat(handler.contentType()).isEqualTo(UriMessage.class);
	}

	@Test
	void registersAHandlerForEachOfItsMediaTypes() {
		List<Handler> handlers = this.methods.find("bean", new TreeHandler(), TreeHandler.class);
		assertThat(handlers).extracting(Handler::mediaType).containsExactly(ORDER, new MediaType("text/*.*"));
		assertThat(handlers).extracting(Handler::contentType).containsOnly(Map.class);
	}

	@Test
	void findsAnnotatedMethodsOfSuperclasses() {
		assertThat(only(new Inherited()).mediaType()).isEqualTo(ORDER);
	}

	@Test
	void findsAMethodOnceThatIsAnnotatedAgainWhereItIsOverridden() {
		assertThat(this.methods.find("bean", new Overriding(), Overriding.class)).hasSize(1);
	}

	@Test
	void findsAMethodThatIsAnnotatedInAnInterface() {
		assertThat(only(new OfInterface()).name()).isEqualTo("bean.on");
		assertThat(only(new OfInterface()).contentType()).isEqualTo(Order.class);
	}

	@Test
	void findsAMethodThatIsAnnotatedInAGenericSuperclass() throws Exception {
		OfGenericClass bean = new OfGenericClass();
		assertThat(only(bean).mediaType()).isEqualTo(ORDER);
		assertThat(call(bean)).isEqualTo(Outcome.skipped("generic"));
	}

	@Test
	void resolvesTheContentOfAnInheritedMethod() {
		assertThat(only(new InheritsGeneric()).contentType()).isEqualTo(Order.class);
	}

	@Test
	void findsAMethodOnceThatItsGenericInterfaceDeclaresToo() {
		assertThat(this.methods.find("bean", new OfGenericInterface(), OfGenericInterface.class))
			.extracting(Handler::contentType)
			.containsExactly(Order.class);
	}

	@Test
	void findsAnAnnotatedSuperclassOfAGenericHandler() throws Exception {
		assertThat(only(new Specific()).contentType()).isEqualTo(Order.class);
		assertThat(call(new Specific())).isEqualTo(Outcome.succeeded());
	}

	@Test
	void findsAnAnnotationOnAnAnnotation() {
		assertThat(only(new MetaAnnotated()).mediaType()).isEqualTo(FOO_CREATED);
	}

	@Test
	void knowsWhatIsAnnotated() {
		assertThat(this.methods.isAnnotated(InheritsGeneric.class)).isTrue();
		assertThat(this.methods.isAnnotated(Specific.class)).isTrue();
		assertThat(this.methods.isAnnotated(Order.class)).isFalse();
	}

	@Test
	void callsThroughAProxyOfAGenericInterface() throws Exception {
		OnAny<?> proxy = (OnAny<?>) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { OnAny.class },
				(instance, method, arguments) -> Outcome.skipped("proxy"));
		Handler handler = this.methods.find("bean", proxy, OfGenericInterface.class).get(0);
		assertThat(handler.target().handle(new Order(), context())).isEqualTo(Outcome.skipped("proxy"));
	}

	@Test
	void callsThroughAProxyOfInterfaces() throws Exception {
		OnFoo target = new FooHandler();
		OnFoo proxy = (OnFoo) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { OnFoo.class },
				(instance, method, arguments) -> method.invoke(target, arguments));
		Handler handler = this.methods.find("bean", proxy, FooHandler.class).get(0);
		Outcome outcome = handler.target().handle(new UriMessage(URI.create("http://localhost")), context());
		assertThat(outcome).isEqualTo(Outcome.succeeded());
	}

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
	void takesThePatternThatTheSchemaFits() {
		assertThat(only(new OfPattern()).mediaType()).isEqualTo(ORDER.pattern());
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

	private Handler only(Object bean) {
		return this.methods.find("bean", bean, bean.getClass()).get(0);
	}

	private Outcome call(Object bean) throws Exception {
		return only(bean).target().handle(new Order(), context());
	}

	private static MessageContext context() {
		return new MessageContext("m-1", ORDER, 1, null, null, OpaqueData.none(), Map.of());
	}

	@MessageSchema(mediaType = "application/vnd.example.order")
	record Order() {

	}

	static class VoidHandler {

		@Handles
		void on(Order order) {
		}

	}

	static class Inherited extends VoidHandler {

	}

	static class Overriding extends VoidHandler {

		@Override
		@Handles
		void on(Order order) {
		}

	}

	interface OnOrder {

		@Handles
		void on(Order order);

	}

	static class OfInterface implements OnOrder {

		@Override
		public void on(Order order) {
		}

	}

	abstract static class OnGeneric<T> {

		@Handles
		abstract Outcome on(T content);

	}

	static class OfGenericClass extends OnGeneric<Order> {

		@Override
		Outcome on(Order order) {
			return Outcome.skipped("generic");
		}

	}

	static class Generic<T> {

		@Handles
		void on(T content) {
		}

	}

	static class InheritsGeneric extends Generic<Order> {

	}

	interface OnAny<T> {

		@Handles
		Outcome on(T content);

	}

	static class OfGenericInterface implements OnAny<Order> {

		@Override
		@Handles
		public Outcome on(Order order) {
			return Outcome.succeeded();
		}

	}

	@Handles
	abstract static class GenericHandler<T> implements MessageHandler<T> {

		@Override
		public Outcome handle(T content, MessageContext context) {
			return Outcome.succeeded();
		}

	}

	static class Specific extends GenericHandler<Order> {

	}

	@Handles(mediaTypes = "created.foo")
	@Retention(RetentionPolicy.RUNTIME)
	@interface OnFooCreated {

	}

	static class MetaAnnotated {

		@OnFooCreated
		void on(UriMessage message) {
		}

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

	static class OfPattern {

		@Handles(mediaTypes = "application/vnd.example.*")
		void on(Order order) {
		}

	}

	record BooleanHandler(boolean result) {

		@Handles(Order.class)
		boolean on(Order order) {
			return this.result;
		}

	}

	record OutcomeHandler(@Nullable Outcome result) {

		@Handles
		@Nullable Outcome on(Order order) {
			return this.result;
		}

	}

	record StageHandler(CompletableFuture<@Nullable Object> result) {

		@Handles
		CompletableFuture<@Nullable Object> on(Order order) {
			return this.result;
		}

	}

	static class FailingHandler {

		@Handles
		void on(Order order) throws IOException {
			throw new IOException("gone");
		}

	}

	static class ContextHandler {

		private @Nullable String messageId;

		@Handles
		void on(Order order, MessageContext context) {
			this.messageId = context.messageId();
		}

	}

	@Handles
	static class OrderHandler implements MessageHandler<Order> {

		@Override
		public Outcome handle(Order content, MessageContext context) {
			return Outcome.skipped("typed");
		}

	}

	interface OnFoo {

		void on(UriMessage message);

	}

	static class FooHandler implements OnFoo {

		@Override
		@Handles(mediaTypes = "created.foo")
		public void on(UriMessage message) {
		}

	}

	static class TreeHandler {

		@Handles(mediaTypes = { "application/vnd.example.order", "text/*.*" })
		void on(Map<String, Object> content) {
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
