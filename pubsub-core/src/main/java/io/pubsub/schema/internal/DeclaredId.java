package io.pubsub.schema.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads an id of a message from the annotated member of its content.
 *
 * @param member the field or method
 * @param annotation the annotation, as it is written
 */
public record DeclaredId(Member member, String annotation) {

	/**
	 * The only annotated member of a class.
	 * @param schema the class
	 * @param annotation the annotation
	 * @return the reader of the member, or {@code null} if there is none
	 * @throws IllegalArgumentException if there are several, or if it cannot be an id
	 */
	public static @Nullable DeclaredId of(Class<?> schema, Class<? extends Annotation> annotation) {
		List<DeclaredId> ids = allOf(schema, annotation);
		if (ids.size() > 1) {
			throw new IllegalArgumentException("%s has @%s on %s: one member only can say it".formatted(
					schema.getName(), annotation.getSimpleName(),
					ids.stream().map((id) -> id.member.getName()).collect(Collectors.joining(" and "))));
		}
		return ids.isEmpty() ? null : ids.get(0);
	}

	/**
	 * All annotated members of a class.
	 * @param schema the class
	 * @param annotation the annotation
	 * @return the readers of the members, in the order of their names
	 * @throws IllegalArgumentException if one of them cannot be an id
	 */
	public static List<DeclaredId> allOf(Class<?> schema, Class<? extends Annotation> annotation) {
		String written = "@" + annotation.getSimpleName();
		// A record component hands its annotation on to both its field and its accessor.
		Map<String, DeclaredId> declared = new TreeMap<>();
		members(schema).filter((member) -> MetaAnnotations.find(member, annotation) != null)
			.map((member) -> new DeclaredId((Member) member, written))
			.forEach((id) -> declared.putIfAbsent(id.member.getName(), id));
		declared.values().forEach(DeclaredId::check);
		return List.copyOf(declared.values());
	}

	private static Stream<AccessibleObject> members(Class<?> schema) {
		return TypeHierarchy.of(schema)
			.stream()
			.flatMap((type) -> Stream.<AccessibleObject[]>of(type.getDeclaredMethods(), type.getDeclaredFields()))
			.flatMap(Stream::of)
			.filter((member) -> !((Member) member).isSynthetic());
	}

	private void check() {
		if (Modifier.isStatic(this.member.getModifiers())
				|| (this.member instanceof Method method && method.getParameterCount() > 0) || isNoText(type())) {
			throw new IllegalArgumentException(("%s must be on a record component, a field or a method without"
					+ " parameters whose value is the id as text, a number, a UUID or the like, not on %s")
				.formatted(this.annotation, this));
		}
		if (!((AccessibleObject) this.member).trySetAccessible()) {
			throw new IllegalArgumentException(
					"%s on %s cannot be read: open the package to io.pubsub.core".formatted(this.annotation, this));
		}
	}

	private Class<?> type() {
		return (this.member instanceof Method method) ? method.getReturnType() : ((Field) this.member).getType();
	}

	private static boolean isNoText(Class<?> type) {
		return type == void.class || type.isArray() || Stream.of(Collection.class, Map.class, Optional.class)
			.anyMatch((composite) -> composite.isAssignableFrom(type));
	}

	/**
	 * Reads the id.
	 * @param content an instance of the class
	 * @return the id, or {@code null} if the member has no value
	 */
	public @Nullable String read(Object content) {
		try {
			Object value = (this.member instanceof Method method) ? method.invoke(content)
					: ((Field) this.member).get(content);
			return (value != null) ? value.toString() : null;
		}
		catch (InvocationTargetException ex) {
			throw new IllegalStateException(
					"%s on %s cannot be read: the method failed".formatted(this.annotation, this), ex.getCause());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("%s on %s cannot be read".formatted(this.annotation, this), ex);
		}
	}

	@Override
	public String toString() {
		return this.member.getDeclaringClass().getName() + "." + this.member.getName();
	}

}
