package io.pubsub.autoconfigure.consume;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import io.pubsub.Handles;
import io.pubsub.MessageContext;
import io.pubsub.MessageHandler;
import io.pubsub.dispatch.InvalidHandlerException;

import org.springframework.aop.Advisor;
import org.springframework.aop.Pointcut;
import org.springframework.aop.PointcutAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/**
 * A bean with handlers behind a proxy of Spring, which may keep a message from its
 * handler, or return before the handler does.
 *
 * @param name the name of the bean
 * @param proxy the proxy
 * @param type the class behind it
 */
record ProxiedHandler(String name, Advised proxy, Class<?> type) {

	/**
	 * Insists that the handlers are called through the proxy, and have ended when it
	 * returns.
	 * @throws InvalidHandlerException if they are not, or have not
	 */
	void check() {
		MethodFilter handlers = this::isHandler;
		MethodIntrospector.selectMethods(this.type, handlers).forEach(this::check);
	}

	private boolean isHandler(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, Handles.class)
				|| (MessageHandler.class.isAssignableFrom(this.type) && method.getName().equals("handle")
						&& method.getParameterCount() == 2 && method.getParameterTypes()[1] == MessageContext.class);
	}

	private void check(Method method) {
		if (AopUtils.isCglibProxy(this.proxy) && Modifier.isFinal(method.getModifiers())) {
			throw invalid(method, "it is final, so that it would be called on the proxy of its bean instead of the"
					+ " bean; remove the final");
		}
		if (isAsync(method) && !CompletableFuture.class.isAssignableFrom(method.getReturnType())) {
			throw invalid(method, "it is @Async, so that its message would be acknowledged before it has ended; remove"
					+ " the @Async, since messages are handled concurrently anyway (pubsub.consumer.concurrency), or"
					+ " return a CompletableFuture, which is waited for");
		}
	}

	private boolean isAsync(Method method) {
		return Arrays.stream(this.proxy.getAdvisors())
			.filter((advisor) -> advisor.getAdvice() instanceof AsyncExecutionInterceptor)
			.anyMatch((advisor) -> applies(advisor, method));
	}

	private boolean applies(Advisor advisor, Method method) {
		Pointcut pointcut = (advisor instanceof PointcutAdvisor some) ? some.getPointcut() : Pointcut.TRUE;
		return pointcut.getClassFilter().matches(this.type) && pointcut.getMethodMatcher().matches(method, this.type);
	}

	private InvalidHandlerException invalid(Method method, String problem) {
		return new InvalidHandlerException(this.name + "." + method.getName(), problem);
	}

}
