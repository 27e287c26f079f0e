package io.pubsub.autoconfigure;

import java.util.List;

import io.pubsub.Handles;
import io.pubsub.MediaTypes;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerMethods;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.schema.SchemaRegistry;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlesBeanRegistrar}.
 */
class HandlesBeanRegistrarTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(Registration.class);

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
	void leavesOtherBeansAlone() {
		this.contextRunner.withBean("text", String.class, () -> "text")
			.run((context) -> assertThat(context.getBean(HandlerRegistry.class).handlers()).isEmpty());
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

	static class Registration {

		@Bean
		HandlerRegistry registry() {
			return new HandlerRegistry();
		}

		@Bean
		HandlesBeanRegistrar registrar(HandlerRegistry registry, ConfigurableListableBeanFactory beanFactory) {
			MediaTypes mediaTypes = new MediaTypes("example");
			return new HandlesBeanRegistrar(new HandlerMethods(mediaTypes, new SchemaRegistry(mediaTypes, true)),
					registry, new HandlerSelection(List.of()), beanFactory);
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

	static class Scoped {

		@Bean
		@Scope(scopeName = BeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
		ScannedHandler handler() {
			return new ScannedHandler();
		}

	}

}
