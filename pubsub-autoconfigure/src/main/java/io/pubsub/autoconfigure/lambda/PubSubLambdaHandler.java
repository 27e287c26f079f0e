package io.pubsub.autoconfigure.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.pubsub.autoconfigure.consume.DaemonGroup;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.aws.lambda.SqsEventHandler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * Lambda handler that starts a Spring Boot application, once, and has its
 * {@link io.pubsub.Handles} beans, or its pipeline, handle the messages of SQS events.
 * <p>
 * Name this class as the handler of the function, and the application with the
 * environment variable {@code MAIN_CLASS}; or give the application to the constructor in
 * a handler of your own. The daemon of the application is not started, nor is an embedded
 * broker: it is Lambda that reads the queue.
 *
 * @since 0.1.0
 * @see SqsEventHandler
 */
public final class PubSubLambdaHandler implements RequestStreamHandler {

	private static final String MAIN_CLASS = "MAIN_CLASS";

	private static final String[] LAMBDA = { "--pubsub.consumer.enabled=true", "--pubsub.consumer.auto-startup=false",
			"--pubsub.local.enabled=false", "--" + CommandLineProperties.LAMBDA + "=true" };

	private final SqsEventHandler handler;

	/**
	 * Starts the application that {@code MAIN_CLASS} names.
	 * @throws IllegalStateException if there is no such class
	 */
	public PubSubLambdaHandler() {
		this(mainClass(System.getenv(MAIN_CLASS)));
	}

	/**
	 * Starts an application.
	 * @param application the class with {@code @SpringBootApplication}
	 * @param arguments the other arguments of its command line
	 */
	public PubSubLambdaHandler(Class<?> application, String... arguments) {
		String[] all = Stream.of(LAMBDA, arguments).flatMap(Stream::of).toArray(String[]::new);
		ApplicationContext context = new SpringApplicationBuilder(application).web(WebApplicationType.NONE).run(all);
		this.handler = new SqsEventHandler(receiver(context));
	}

	private static Receiver receiver(ApplicationContext context) {
		List<ManagedDaemon> pipelines = context.getBeanProvider(DaemonGroup.class)
			.orderedStream()
			.flatMap((group) -> group.daemons().stream())
			.toList();
		boolean handles = !context.getBean(HandlerRegistry.class).handlers().isEmpty();
		if (pipelines.isEmpty()) {
			return context.getBean(MessageDispatcher.class);
		}
		if (handles || pipelines.size() > 1) {
			throw new IllegalStateException(("A function has one consumer, but there are the pipelines %s%s:"
					+ " set pubsub.pipelines.<name>.enabled=false for those that this function is not for,"
					+ " and deploy @Handles methods as a function of their own")
				.formatted(pipelines.stream().map(ManagedDaemon::name).toList(),
						handles ? " and @Handles methods" : ""));
		}
		return pipelines.get(0).daemon().receiver();
	}

	static Class<?> mainClass(@Nullable String name) {
		if (name == null || name.isBlank()) {
			throw new IllegalStateException("The environment variable %s is not set:".formatted(MAIN_CLASS)
					+ " let it name the class with @SpringBootApplication");
		}
		try {
			return ClassUtils.forName(name, null);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(
					"The environment variable %s names %s, which is not in the function's package".formatted(MAIN_CLASS,
							name),
					ex);
		}
	}

	@Override
	public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
		this.handler.handleRequest(input, output, context);
	}

}
