package io.pubsub.autoconfigure.consume;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pubsub.Handles;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerMethods;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Registers the beans that have {@link Handles}, once all singletons are there.
 */
final class HandlesBeanRegistrar implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(HandlesBeanRegistrar.class);

	private static final String SPRING = "org.springframework.";

	private static final Set<String> WEB_SCOPES = Set.of("request", "session", "websocket");

	private final HandlerMethods methods;

	private final HandlerRegistry registry;

	private final HandlerSelection selection;

	private final ConfigurableListableBeanFactory beanFactory;

	private final UnboundHandlers unbound;

	HandlesBeanRegistrar(HandlerMethods methods, HandlerRegistry registry, HandlerSelection selection,
			ConfigurableListableBeanFactory beanFactory, UnboundHandlers unbound) {
		this.methods = methods;
		this.registry = registry;
		this.selection = selection;
		this.beanFactory = beanFactory;
		this.unbound = unbound;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Map<String, Class<?>> annotated = new LinkedHashMap<>();
		for (String name : this.beanFactory.getBeanNamesForType(Object.class)) {
			// The proxy in front of a scoped bean is there under a name of its own.
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null : targetClass(name);
			if (type != null && isAnnotated(type)) {
				annotated.put(name, type);
			}
		}
		this.selection.choose(annotated.keySet()).forEach(this::register);
		this.unbound.warn(annotated.values());
	}

	private @Nullable Class<?> targetClass(String name) {
		Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
		if (type != null && Proxy.isProxyClass(type) && this.beanFactory.containsSingleton(name)) {
			return AopProxyUtils.ultimateTargetClass(this.beanFactory.getBean(name));
		}
		return (type != null) ? ClassUtils.getUserClass(type) : null;
	}

	// Not every class in a context can be looked into: some name optional classes that
	// are absent.
	private boolean isAnnotated(Class<?> type) {
		try {
			return !type.getName().startsWith(SPRING) && AnnotationUtils.isCandidateClass(type, Handles.class)
					&& this.methods.isAnnotated(type);
		}
		catch (LinkageError | TypeNotPresentException ex) {
			logger.debug("Cannot look for @Handles in {}", type.getName(), ex);
			return false;
		}
	}

	private void register(String name) {
		checkScope(name);
		Object bean = this.beanFactory.getBean(name);
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (bean instanceof Advised proxy) {
			new ProxiedHandler(name, proxy, type).check();
		}
		List<Handler> handlers = this.methods.find(name, bean, type);
		if (handlers.isEmpty()) {
			throw new InvalidHandlerException(name,
					"it is declared as something with @Handles, but is a %s without".formatted(type.getName()));
		}
		this.registry.registerAll(handlers);
	}

	private void checkScope(String name) {
		String target = ScopedProxyUtils.getTargetBeanName(name);
		boolean proxied = this.beanFactory.containsBeanDefinition(target);
		if (proxied || this.beanFactory.containsBeanDefinition(name)) {
			BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(proxied ? target : name);
			String scope = String.valueOf(definition.getScope());
			if (WEB_SCOPES.contains(scope)) {
				throw new InvalidHandlerException(name,
						"its scope is '%s', but messages do not come in web requests; make it a singleton"
							.formatted(scope));
			}
			if (!proxied && !definition.isSingleton()) {
				throw new InvalidHandlerException(name, ("its scope is '%s', but one instance handles all messages;"
						+ " make it a singleton, or give the scope a proxy (proxyMode = ScopedProxyMode.TARGET_CLASS)")
					.formatted(scope));
			}
		}
	}

}
