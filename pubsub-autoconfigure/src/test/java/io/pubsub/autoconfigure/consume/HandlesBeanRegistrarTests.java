package io.pubsub.autoconfigure.consume;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.pubsub.Handles;
import io.pubsub.MediaTypes;
import io.pubsub.Outcome;
import io.pubsub.autoconfigure.CapturedLog;
import io.pubsub.autoconfigure.scan.ScannedHandlers;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerMethods;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.InvalidHandlerException;
import io.pubsub.schema.SchemaRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlesBeanRegistrar}.
 */
class HandlesBeanRegistrarTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(Registration.class);

	@RegisterExtension
	private final CapturedLog log = new CapturedLog(HandlesBeanRegistrar.class);

	@Test
	void registersAHandlerOnce() {
		this.contextRunner.withBean("handler", ScannedHandler.class)
			.run((context) -> assertHandler(context.getBean(HandlerRegistry.class)));
	}

	@Test
	void registersAHandlerBehindAProxyOfInterfaces() {
		this.contextRunner.withUserConfiguration(Proxies.class)
			.withBean("handler", ScannedHandler.class)
			.run((context) -> {
				assertThat(context.getBean("handler")).isNotInstanceOf(ScannedHandler.class);
				assertHandler(context.getBean(HandlerRegistry.class));
			});
	}

	@Test
	void registersAScopedHandlerOnce() {
		this.contextRunner.withUserConfiguration(Scoped.class)
			.run((context) -> assertHandler(context.getBean(HandlerRegistry.class)));
	}

	@Test
	void registersABeanWhoseInterfaceIsAnnotated() {
		this.contextRunner.withBean("handler", OfInterface.class)
			.run((context) -> assertHandler(context.getBean(HandlerRegistry.class)));
	}

	@Test
	void registersAnAttributeOfAComposedAnnotation() {
		this.contextRunner.withBean("handler", Composed.class)
			.run((context) -> assertThat(context.getBean(HandlerRegistry.class).handlers())
				.extracting((handler) -> handler.mediaType().value())
				.containsExactly("application/vnd.example.pubsub._.created.thing"));
	}

	@Test
	void registersAMethodOfAConfigurationAndALazyBean() {
		this.contextRunner.withUserConfiguration(Handling.class)
			.withBean("lazy", Composed.class, Composed::new, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(context.getBean(HandlerRegistry.class).handlers()).hasSize(2));
	}

	@Test
	void refusesAPrototypeWithoutProxy() {
		assertRefused(this.contextRunner.withBean("handler", ScannedHandler.class, ScannedHandler::new,
				(definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE)), "'handler'", "prototype");
	}

	@Test
	void refusesABeanOfARequest() {
		assertRefused(this.contextRunner
			.withInitializer((context) -> context.getBeanFactory().registerScope("request", new SimpleThreadScope()))
			.withUserConfiguration(OfRequest.class), "'handler'", "request");
	}

	@Test
	void refusesAFinalMethodBehindAProxyOfItsClass() {
		assertRefused(
				this.contextRunner.withUserConfiguration(ClassProxies.class).withBean("handler", FinalHandler.class),
				"'handler.on'", "final");
	}

	@Test
	void refusesAnAsynchronousHandler() {
		assertRefused(
				this.contextRunner.withUserConfiguration(Asynchronous.class).withBean("handler", AsyncHandler.class),
				"'handler.on'", "@Async");
	}

	@Test
	void takesAnAsynchronousHandlerThatIsWaitedFor() {
		this.contextRunner.withUserConfiguration(Asynchronous.class)
			.withBean("handler", AwaitedHandler.class)
			.run((context) -> assertHandler(context.getBean(HandlerRegistry.class)));
	}

	@Test
	void warnsOfAClassThatIsNoBean() {
		this.contextRunner.withInitializer(HandlesBeanRegistrarTests::scan)
			.run((context) -> assertThat(this.log.messages()).singleElement()
				.asString()
				.startsWith("With @Handles, but no bean")
				.contains(ScannedHandlers.class.getName()));
	}

	@Test
	void warnsOfNothingWhenTheClassIsABean() {
		this.contextRunner.withInitializer(HandlesBeanRegistrarTests::scan)
			.withBean(ScannedHandlers.class)
			.run((context) -> assertThat(this.log.messages()).isEmpty());
	}

	@Test
	void leavesOtherBeansAlone() {
		this.contextRunner.withBean("text", String.class, () -> "text")
			.run((context) -> assertThat(context.getBean(HandlerRegistry.class).handlers()).isEmpty());
	}

	private static void scan(ConfigurableApplicationContext context) {
		AutoConfigurationPackages.register((BeanDefinitionRegistry) context.getBeanFactory(),
				ScannedMessage.class.getPackageName());
	}

	private static void assertRefused(ApplicationContextRunner runner, String... texts) {
		runner.run((context) -> assertThat(context).getFailure()
			.isInstanceOf(InvalidHandlerException.class)
			.hasMessageContainingAll(texts));
	}

	private static void assertHandler(HandlerRegistry registry) {
		assertThat(registry.handlers()).extracting(Handler::name).containsExactly("handler.on");
	}

	interface OnScanned {

		void on(ScannedMessage message);

	}

	static class ScannedHandler implements OnScanned {

		@Override
		@Handles
		public void on(ScannedMessage message) {
		}

	}

	interface Listener<T> {

		@Handles
		void on(T content);

	}

	static class OfInterface implements Listener<ScannedMessage> {

		@Override
		public void on(ScannedMessage message) {
		}

	}

	@Handles
	@Retention(RetentionPolicy.RUNTIME)
	@interface OnCreated {

		@AliasFor(annotation = Handles.class, attribute = "mediaTypes")
		String value();

	}

	static class Composed {

		@OnCreated("created.thing")
		void on(Map<String, Object> content) {
		}

	}

	@Configuration
	static class Handling {

		@Handles
		void on(ScannedMessage message) {
		}

	}

	static class FinalHandler {

		@Handles
		final void on(ScannedMessage message) {
		}

	}

	static class AsyncHandler {

		@Async
		@Handles
		void on(ScannedMessage message) {
		}

	}

	static class AwaitedHandler {

		@Async
		@Handles
		CompletableFuture<Outcome> on(ScannedMessage message) {
			return CompletableFuture.completedFuture(Outcome.succeeded());
		}

	}

	@EnableAsync(proxyTargetClass = true)
	static class Asynchronous {

	}

	static class OfRequest {

		@Bean
		@Scope(scopeName = "request", proxyMode = ScopedProxyMode.TARGET_CLASS)
		ScannedHandler handler() {
			return new ScannedHandler();
		}

	}

	static class Registration {

		@Bean
		HandlerRegistry registry() {
			return new HandlerRegistry();
		}

		@Bean
		HandlesBeanRegistrar registrar(HandlerRegistry registry, ConfigurableListableBeanFactory beanFactory,
				Environment environment) {
			MediaTypes mediaTypes = new MediaTypes("example");
			HandlerMethods methods = new HandlerMethods(mediaTypes, new SchemaRegistry(mediaTypes, true),
					(element) -> AnnotatedElementUtils.getMergedAnnotation(element, Handles.class));
			return new HandlesBeanRegistrar(methods, registry, new HandlerSelection(List.of()), beanFactory,
					new UnboundHandlers(beanFactory, environment));
		}

	}

	static class Proxies {

		@Bean
		static MethodInterceptor passThrough() {
			return (invocation) -> invocation.proceed();
		}

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
			creator.setBeanNames("handler");
			creator.setInterceptorNames("passThrough");
			return creator;
		}

	}

	static class ClassProxies extends Proxies {

		@Bean
		static BeanNameAutoProxyCreator proxies() {
			BeanNameAutoProxyCreator creator = Proxies.proxies();
			creator.setProxyTargetClass(true);
			return creator;
		}

	}

	static class Scoped {

		@Bean
		@Scope(scopeName = BeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
		ScannedHandler handler() {
			return new ScannedHandler();
		}

	}

}
