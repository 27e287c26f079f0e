package io.pubsub.schema.internal;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds annotations also where they are on another annotation, as Spring does.
 */
public final class MetaAnnotations {

	private static final String JAVA = "java.lang.annotation";

	private MetaAnnotations() {
	}

	/**
	 * The annotation of an element.
	 * @param element the class, method or field
	 * @param type the class of the annotation
	 * @param <A> the annotation
	 * @return the annotation on the element, else that on one of its annotations;
	 * {@code null} if there is none
	 */
	public static <A extends Annotation> @Nullable A find(AnnotatedElement element, Class<A> type) {
		return find(element, type, new HashSet<>());
	}

	private static <A extends Annotation> @Nullable A find(AnnotatedElement element, Class<A> type,
			Set<Class<?>> visited) {
		A direct = element.getDeclaredAnnotation(type);
		if (direct != null) {
			return direct;
		}
		for (Annotation annotation : element.getDeclaredAnnotations()) {
			Class<? extends Annotation> meta = annotation.annotationType();
			A found = (!meta.getPackageName().equals(JAVA) && visited.add(meta)) ? find(meta, type, visited) : null;
			if (found != null) {
				return found;
			}
		}
		return null;
	}

}
