package io.pubsub.schema;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.pubsub.internal.LogText;
import io.pubsub.schema.InvalidMessageException.Violation;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts into words what the validator and Jackson found wrong, leaving the values out. The
 * keys of a map are values too.
 */
final class Violations {

	private static final String KEY = "[*]";

	private static final int MOST_BYTES = 200;

	private Violations() {
	}

	static List<Violation> of(Set<? extends ConstraintViolation<?>> violations) {
		return violations.stream()
			.map((violation) -> violation(path(violation.getPropertyPath()), message(violation)))
			.sorted(Comparator.comparing(Violation::path).thenComparing(Violation::message))
			.toList();
	}

	static List<Violation> of(Throwable failure, JsonMapper mapper) {
		StringBuilder path = new StringBuilder();
		if (failure instanceof JacksonException ex) {
			ex.getPath().forEach((reference) -> append(path, reference, mapper));
		}
		return List.of(violation(path, message(failure)));
	}

	private static void append(StringBuilder path, JacksonException.Reference reference, JsonMapper mapper) {
		String name = reference.getPropertyName();
		if (name == null) {
			path.append('[').append(reference.getIndex()).append(']');
		}
		else if (isKey(name, reference.from(), mapper)) {
			path.append(KEY);
		}
		else {
			append(path, name);
		}
	}

	// A custom constraint may say anything, the converter of a key too.
	private static Violation violation(CharSequence path, String message) {
		return new Violation(LogText.of(path, MOST_BYTES), LogText.of(message, MOST_BYTES));
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

	private static boolean isKey(String name, @Nullable Object from, JsonMapper mapper) {
		if (from == null) {
			return false;
		}
		Class<?> type = (from instanceof Class<?> named) ? named : from.getClass();
		return Map.class.isAssignableFrom(type) || Map.Entry.class.isAssignableFrom(type)
				|| isCollected(name, type, mapper);
	}

	// A class may collect the fields that it does not name.
	private static boolean isCollected(String name, Class<?> type, JsonMapper mapper) {
		ClassIntrospector introspector = mapper.deserializationConfig().classIntrospectorInstance();
		JavaType javaType = mapper.constructType(type);
		BeanDescription description = introspector.introspectForDeserialization(javaType,
				introspector.introspectClassAnnotations(javaType));
		return description.findAnySetterAccessor() != null
				&& description.findProperties().stream().noneMatch((property) -> property.getName().equals(name));
	}

	private static String message(ConstraintViolation<?> violation) {
		if (violation.getMessageTemplate().contains("validatedValue") || quotesValue(violation)) {
			return "violates @" + violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName();
		}
		return violation.getMessage();
	}

	// A template may refer to another one, in a bundle, that is made with the value.
	private static boolean quotesValue(ConstraintViolation<?> violation) {
		String value = textOf(violation.getInvalidValue());
		return value == null || (!value.isEmpty() && violation.getMessage().contains(value));
	}

	private static @Nullable String textOf(@Nullable Object value) {
		try {
			return Objects.toString(value, "");
		}
		catch (RuntimeException | StackOverflowError ex) {
			return null;
		}
	}

	private static String message(Throwable failure) {
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
