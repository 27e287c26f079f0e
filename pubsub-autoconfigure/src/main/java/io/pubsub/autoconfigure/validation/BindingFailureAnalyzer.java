package io.pubsub.autoconfigure.validation;

import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Names a property whose value is refused as a configuration writes it. Spring Boot names
 * the component of the record, which nobody can search a configuration for.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BindingFailureAnalyzer extends AbstractFailureAnalyzer<BindValidationException> {

	private static final String PREFIX = "pubsub";

	// Of a map, which a configuration needs no brackets for.
	private static final Pattern KEY = Pattern.compile("\\[([a-z][a-z0-9-]*)]");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindValidationException cause) {
		ValidationErrors errors = cause.getValidationErrors();
		if (!errors.getName().toString().startsWith(PREFIX)) {
			return null;
		}
		String description = errors.getAllErrors()
			.stream()
			.map(BindingFailureAnalyzer::describe)
			.collect(Collectors.joining(System.lineSeparator()));
		return new FailureAnalysis(description, "Correct the value where it is set.", cause);
	}

	private static String describe(ObjectError error) {
		if (!(error instanceof FieldError field)) {
			return String.valueOf(error.getDefaultMessage());
		}
		String property = KEY
			.matcher(DataObjectPropertyName.toDashedForm(field.getObjectName() + "." + field.getField()))
			.replaceAll(".$1");
		Origin origin = Origin.from(error);
		return "%s is %s%s, but %s".formatted(property, text(field.getRejectedValue()),
				(origin != null) ? " (set by %s)".formatted(origin) : "", field.getDefaultMessage());
	}

	private static String text(@Nullable Object value) {
		return (value instanceof Duration duration) ? DurationText.of(duration) : LogText.of(value);
	}

}
