package io.pubsub.dispatch;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;

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
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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
	void takesThePatternThatTheSchemaFits() {
		assertThat(only(new OfPattern()).mediaType()).isEqualTo(ORDER.pattern());
	}

	private Handler only(Object bean) {
		return this.methods.find("bean", bean, bean.getClass()).get(0);
	}

	private Outcome call(Object bean) throws Exception {
		return only(bean).target().handle(new Order(), context());
	}

	static MessageContext context() {
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

	static class OfPattern {

		@Handles(mediaTypes = "application/vnd.example.*")
		void on(Order order) {
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

}
