package io.pubsub.dispatch;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.pubsub.Handles;
import io.pubsub.MessageHandler;
import io.pubsub.schema.internal.TypeHierarchy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/**
 * The class of a bean together with its superclasses and interfaces, whose annotations
 * count as its own.
 */
final class HandlerType {

	private final JavaType type;

	private final TypeFactory types;

	private final Function<AnnotatedElement, @Nullable Handles> annotations;

	HandlerType(Class<?> type, TypeFactory types, Function<AnnotatedElement, @Nullable Handles> annotations) {
		this.type = types.constructType(type);
		this.types = types;
		this.annotations = annotations;
	}

	@Nullable Handles annotation() {
		return TypeHierarchy.of(this.type.getRawClass())
			.stream()
			.map(this.annotations)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * What the bean takes as a {@link MessageHandler}.
	 * @return the content; {@link Object} if its class does not say
	 */
	JavaType handledContent() {
		JavaType[] parameters = this.type.findTypeParameters(MessageHandler.class);
		return (parameters.length > 0) ? parameters[0] : TypeFactory.unknownType();
	}

	Collection<HandlerMethod> methods() {
		Map<List<Object>, List<Method>> declarations = new LinkedHashMap<>();
		TypeHierarchy.of(this.type.getRawClass())
			.stream()
			.flatMap((declaring) -> Arrays.stream(declaring.getDeclaredMethods()))
			.filter((method) -> !method.isSynthetic())
			.forEach((method) -> declarations.computeIfAbsent(signature(method), (key) -> new ArrayList<>())
				.add(method));
		return declarations.values().stream().flatMap((methods) -> handlerMethod(methods).stream()).toList();
	}

	// Resolved, the parameters of a method are those of the generic one that it
	// overrides.
	private List<Object> signature(Method method) {
		return List.of(method.getName(), parameters(method).stream().map(JavaType::getRawClass).toList());
	}

	private Collection<HandlerMethod> handlerMethod(List<Method> declarations) {
		Method method = declarations.get(0);
		return declarations.stream()
			.map(this.annotations)
			.filter(Objects::nonNull)
			.limit(1)
			.map((handles) -> new HandlerMethod(declarations, handles, parameters(method),
					resolve(method, method.getGenericReturnType())))
			.toList();
	}

	private List<JavaType> parameters(Method method) {
		return Arrays.stream(method.getGenericParameterTypes()).map((parameter) -> resolve(method, parameter)).toList();
	}

	private JavaType resolve(Method method, Type declared) {
		return this.types.resolveMemberType(declared,
				this.type.findSuperType(method.getDeclaringClass()).getBindings());
	}

	@Override
	public String toString() {
		return this.type.getRawClass().toString();
	}

}
