package io.pubsub.autoconfigure.command;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.pubsub.autoconfigure.internal.UsageException;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/**
 * The failure of a command in the words of whatever can say what to do about it.
 */
final class CommandFailure {

	private final Throwable failure;

	private final BeanFactory beans;

	private final Supplier<Environment> environment;

	CommandFailure(Throwable failure, BeanFactory beans) {
		this(failure, beans, () -> beans.getBean(Environment.class));
	}

	/**
	 * Describes the failure of a context that may be closed.
	 * @param failure the failure
	 * @param beans the beans of the context
	 * @param environment the environment of the context
	 */
	CommandFailure(Throwable failure, BeanFactory beans, Supplier<Environment> environment) {
		this.failure = failure;
		this.beans = beans;
		this.environment = environment;
	}

	// The text of our own exceptions says it all.
	String text() {
		if (this.failure.getClass().getName().startsWith("io.pubsub.")) {
			return String.valueOf(this.failure.getMessage());
		}
		return analysis();
	}

	static boolean isWrongUsage(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
			.anyMatch(UsageException.class::isInstance);
	}

	/**
	 * The failure and what to do about it.
	 * @return the text
	 */
	String analysis() {
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments(), FailureHandler.handleMessage((message, ex) -> {
			}))
			.stream()
			.map((analyzer) -> analyzer.analyze(this.failure))
			.filter(Objects::nonNull)
			.map(CommandFailure::text)
			.findFirst()
			.orElseGet(() -> (this.failure.getMessage() != null) ? this.failure.getMessage() : this.failure.toString());
	}

	private static String text(FailureAnalysis analysis) {
		return analysis.getDescription()
				+ ((analysis.getAction() != null) ? System.lineSeparator() + analysis.getAction() : "");
	}

	private ArgumentResolver arguments() {
		return ArgumentResolver.of(BeanFactory.class, this.beans).and(Environment.class, this.environment.get());
	}

}
