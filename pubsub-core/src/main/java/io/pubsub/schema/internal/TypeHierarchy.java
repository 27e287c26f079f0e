package io.pubsub.schema.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The types of which a class is one.
 */
public final class TypeHierarchy {

	private TypeHierarchy() {
	}

	/**
	 * A class, then its superclasses but {@link Object}, then the interfaces of all.
	 * @param type the class
	 * @return the types, the nearest first
	 */
	public static Set<Class<?>> of(Class<?> type) {
		Set<Class<?>> hierarchy = new LinkedHashSet<>();
		Stream.<Class<?>>iterate(type, TypeHierarchy::isDeclaring, Class::getSuperclass).forEach(hierarchy::add);
		List.copyOf(hierarchy).forEach((declaring) -> addInterfaces(declaring, hierarchy));
		return hierarchy;
	}

	private static boolean isDeclaring(@Nullable Class<?> type) {
		return type != null && type != Object.class;
	}

	private static void addInterfaces(Class<?> type, Set<Class<?>> hierarchy) {
		for (Class<?> declared : type.getInterfaces()) {
			hierarchy.add(declared);
			addInterfaces(declared, hierarchy);
		}
	}

}
