package io.pubsub.schema;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.pubsub.schema.InvalidMessageException.Violation;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Puts into words what the validator and Jackson found wrong, leaving the values out. The
 * keys of a map are values too.
 */
final class Violations {

	private static final String KEY = "[*]";

	private Violations() {
	}

	static List<Violation> of(Set<? extends ConstraintViolation<?>> violations) {
		return violations.stream()
			.map((violation) -> new Violation(path(violation.getPropertyPath()), message(violation)))
			.sorted(Comparator.comparing(Violation::path).thenComparing(Violation::message))
			.toList();
	}

	static List<Violation> of(JacksonException failure) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : failure.getPath()) {
			if (reference.getPropertyName() == null) {
				path.append('[').append(reference.getIndex()).append(']');
			}
			else if (isMap(reference.from())) {
				path.append(KEY);
			}
			else {
				append(path, reference.getPropertyName());
			}
		}
		return List.of(new Violation(path.toString(), message(failure)));
	}

	private static String path(Path nodes) {
		StringBuilder path = new StringBuilder();
		for (Path.Node node : nodes) {
			if (node.getIndex() != null) {
				path.append('[').append(node.getIndex()).append(']');
			}
			else if (node.getKey() != null) {
				path.append(KEY);
			}
			if (node.getKind() == ElementKind.PROPERTY && node.getName() != null) {
				append(path, node.getName());
			}
		}
		return path.toString();
	}

	private static void append(StringBuilder path, String name) {
		path.append(path.isEmpty() ? "" : ".").append(name);
	}

	private static boolean isMap(@Nullable Object from) {
		return from instanceof Map || (from instanceof Class<?> type && Map.class.isAssignableFrom(type));
	}

	private static String message(ConstraintViolation<?> violation) {
		if (violation.getMessageTemplate().contains("validatedValue") || quotesValue(violation)) {
			return "violates @" + violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
		}
		return violation.getMessage();
	}

	// A template may refer to another one, in a bundle, that is made with the value.
	private static boolean quotesValue(ConstraintViolation<?> violation) {
		String value = Objects.toString(violation.getInvalidValue(), "");
		return !value.isEmpty() && violation.getMessage().contains(value);
	}

	private static String message(JacksonException failure) {
		if (failure instanceof UnrecognizedPropertyException) {
			return "is no field of the schema";
		}
		if (failure instanceof InvalidFormatException invalid && invalid.getTargetType() != null) {
			return "is not a valid " + invalid.getTargetType().getSimpleName();
		}
		if (failure instanceof MismatchedInputException mismatched && mismatched.getTargetType() != null) {
			return "is missing or does not fit " + mismatched.getTargetType().getSimpleName();
		}
		return "cannot be read (" + failure.getClass().getSimpleName() + ")";
	}

}
