package io.pubsub.autoconfigure;

import io.pubsub.DeferPublishing;
import io.pubsub.publish.PublishScope;
import io.pubsub.publish.PublishScopes;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;

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
				AnnotationMatchingPointcut.forClassAnnotation(DeferPublishing.class))
			.union(new AnnotationMatchingPointcut(null, DeferPublishing.class, true));
		this.advisor = new DefaultPointcutAdvisor(pointcut, (MethodInterceptor) this::invoke);
	}

	private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		try (PublishScope scope = this.scopes.getObject().open()) {
			Object result = invocation.proceed();
			scope.commit();
			return result;
		}
	}

}
