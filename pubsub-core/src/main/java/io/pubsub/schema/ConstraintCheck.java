package io.pubsub.schema;

import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.Validator;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.CascadableDescriptor;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ContainerDescriptor;
import jakarta.validation.metadata.ElementDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import jakarta.validation.metadata.ValidateUnwrappedValue;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.util.ClassUtil;

/**
 * Insists that the constraints of a class fit the types that they are on. A validator
 * would say so only when it meets the first value.
 */
final class ConstraintCheck {

	// Their values are what is checked.
	private static final Set<Class<?>> CONTAINERS = Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);

	private final Validator validator;

	private final TypeFactory types;

	ConstraintCheck(Validator validator, TypeFactory types) {
		this.validator = validator;
		this.types = types;
	}

	/**
	 * Checks a class and what it cascades to.
	 * @param schema the class
	 * @throws IllegalArgumentException if a constraint fits its type as little as a text
	 * fits a number
	 */
	void check(Class<?> schema) {
		check(schema, new HashSet<>());
	}

	private void check(Class<?> type, Set<Class<?>> visited) {
		if (visited.add(type)) {
			BeanDescriptor bean = this.validator.getConstraintsForClass(type);
			for (PropertyDescriptor property : bean.getConstrainedProperties()) {
				checkElement(property, "its field " + property.getPropertyName(), visited);
			}
		}
	}

	private <D extends ElementDescriptor & ContainerDescriptor & CascadableDescriptor> void checkElement(D element,
			String place, Set<Class<?>> visited) {
		Class<?> type = element.getElementClass();
		for (ConstraintDescriptor<?> constraint : element.getConstraintDescriptors()) {
			SchemaCheck.refuse(isKnown(type) && !fits(constraint, type), "%s has @%s, which is no constraint of %s"
				.formatted(place, constraint.getAnnotation().annotationType().getSimpleName(), type.getName()));
		}
		element.getConstrainedContainerElementTypes().forEach((content) -> checkElement(content, place, visited));
		if (element.isCascaded()) {
			check(type, visited);
		}
	}

	// A type of the application may be one whose value a ValueExtractor takes out.
	private static boolean isKnown(Class<?> type) {
		return !CONTAINERS.contains(type)
				&& (type.isPrimitive() || type.isEnum() || type.getName().startsWith("java."));
	}

	private boolean fits(ConstraintDescriptor<?> constraint, Class<?> type) {
		if (constraint.getValueUnwrapping() == ValidateUnwrappedValue.UNWRAP) {
			return true;
		}
		// A constraint without validators is made of others.
		boolean validated = constraint.getConstraintValidatorClasses().isEmpty()
				|| constraint.getConstraintValidatorClasses()
					.stream()
					.anyMatch((validatorClass) -> validates(validatorClass, type));
		return validated
				&& constraint.getComposingConstraints().stream().allMatch((composing) -> fits(composing, type));
	}

	private boolean validates(Class<?> validatorClass, Class<?> type) {
		JavaType[] parameters = this.types.findTypeParameters(this.types.constructType(validatorClass),
				ConstraintValidator.class);
		Class<?> valueType = type.isPrimitive() ? ClassUtil.wrapperType(type) : type;
		return parameters[1].getRawClass().isAssignableFrom(valueType);
	}

}
