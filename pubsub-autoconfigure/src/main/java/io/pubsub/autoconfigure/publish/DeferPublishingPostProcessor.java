package io.pubsub.autoconfigure.publish;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import io.pubsub.DeferPublishing;
import io.pubsub.publish.PublishScope;
import io.pubsub.publish.PublishScopes;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Opens a {@link PublishScope} around the methods that have {@link DeferPublishing}.
 */
final class DeferPublishingPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

	private final transient ObjectProvider<PublishScopes> scopes;

	DeferPublishingPostProcessor(ObjectProvider<PublishScopes> scopes, boolean proxyTargetClass) {
		this.scopes = scopes;
		setProxyTargetClass(proxyTargetClass);
		// Around a transaction of the same method, whose commit is not yet the success of
		// a message.
		setBeforeExistingAdvisors(true);
		ComposablePointcut pointcut = new ComposablePointcut(
				new AnnotationMatchingPointcut(DeferPublishing.class, true))
			.union(new AnnotationMatchingPointcut(null, DeferPublishing.class, true));
		this.advisor = new DefaultPointcutAdvisor(pointcut, (MethodInterceptor) this::invoke);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		Object processed = super.postProcessAfterInitialization(bean, name);
		Class<?> type = AopProxyUtils.ultimateTargetClass(processed);
		if (AnnotationUtils.isCandidateClass(type, DeferPublishing.class)) {
			int unreachable = Modifier.PRIVATE | Modifier.STATIC
					| (AopUtils.isCglibProxy(processed) ? Modifier.FINAL : 0);
			ReflectionUtils.doWithMethods(type, (method) -> refuse(name, method),
					(method) -> (method.getModifiers() & unreachable) != 0
							&& AnnotatedElementUtils.hasAnnotation(method, DeferPublishing.class));
		}
		return processed;
	}

	private static void refuse(String name, Method method) {
		throw new IllegalStateException(
				("@DeferPublishing has no effect on '%s.%s', which is private, static or final: no proxy can stand"
						+ " before it; make it a method that other beans call")
					.formatted(name, method.getName()));
	}

	private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		try (PublishScope scope = this.scopes.getObject().open()) {
			Object result = invocation.proceed();
			scope.commit();
			return result;
		}
	}

}
