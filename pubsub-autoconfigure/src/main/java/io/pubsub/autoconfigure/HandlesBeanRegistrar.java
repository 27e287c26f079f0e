package io.pubsub.autoconfigure;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.pubsub.Handles;
import io.pubsub.dispatch.HandlerMethods;
import io.pubsub.dispatch.HandlerRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Registers the beans that have {@link Handles}, once all singletons are there.
 */
final class HandlesBeanRegistrar implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger(HandlesBeanRegistrar.class);

	private final HandlerMethods methods;

	private final HandlerRegistry registry;

	private final HandlerSelection selection;

	private final ConfigurableListableBeanFactory beanFactory;

	HandlesBeanRegistrar(HandlerMethods methods, HandlerRegistry registry, HandlerSelection selection,
			ConfigurableListableBeanFactory beanFactory) {
		this.methods = methods;
		this.registry = registry;
		this.selection = selection;
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> names = new ArrayList<>();
		for (String name : this.beanFactory.getBeanNamesForType(Object.class)) {
			// The proxy in front of a scoped bean is there under a name of its own.
			Class<?> type = ScopedProxyUtils.isScopedTarget(name) ? null
					: AutoProxyUtils.determineTargetClass(this.beanFactory, name);
			if (type != null && isAnnotated(ClassUtils.getUserClass(type))) {
				names.add(name);
			}
		}
		this.selection.choose(names).forEach(this::register);
	}

	private void register(String name) {
		Object bean = this.beanFactory.getBean(name);
		this.registry.registerAll(this.methods.find(name, bean, AopProxyUtils.ultimateTargetClass(bean)));
	}

	private static boolean isAnnotated(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, Handles.class)) {
			return false;
		}
		return type.isAnnotationPresent(Handles.class)
				|| Arrays.stream(methods(type)).anyMatch((method) -> method.isAnnotationPresent(Handles.class));
	}

	// Not every class in a context can be looked into: some name optional classes that
	// are absent.
	private static Method[] methods(Class<?> type) {
		try {
			return ReflectionUtils.getUniqueDeclaredMethods(type);
		}
		catch (IllegalStateException ex) {
			logger.debug("Cannot look for @Handles in {}", type.getName(), ex);
			return new Method[0];
		}
	}

}
