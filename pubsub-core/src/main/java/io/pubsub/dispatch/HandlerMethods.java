package io.pubsub.dispatch;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.MessageHandler;
import io.pubsub.schema.SchemaRegistry;
import tools.jackson.databind.JsonNode;

/**
 * Finds the handlers that a bean declares with {@link Handles}, and registers the schemas
 * that their parameters imply (MC-47).
 */
public final class HandlerMethods {

	private final MediaTypes mediaTypes;

	private final SchemaRegistry schemas;

	/**
	 * Makes a finder.
	 * @param mediaTypes the naming convention
	 * @param schemas the schemas, to which those of the handlers are added
	 */
	public HandlerMethods(MediaTypes mediaTypes, SchemaRegistry schemas) {
		this.mediaTypes = mediaTypes;
		this.schemas = schemas;
	}

	/**
	 * The handlers of a bean.
	 * @param name what people know the bean by
	 * @param bean the bean; it may be a proxy
	 * @param type the class that has the annotations, which is not a proxy's
	 * @return the handlers; empty if nothing is annotated
	 * @throws InvalidHandlerException if something annotated cannot be a handler
	 */
	public List<Handler> find(String name, Object bean, Class<?> type) {
		List<Handler> handlers = new ArrayList<>();
		Handles onType = type.getAnnotation(Handles.class);
		if (onType != null) {
			handlers.addAll(handlersOfType(name, bean, type, onType));
		}
		for (Method method : annotatedMethods(type)) {
			String methodName = name + "." + method.getName();
			Handles handles = method.getAnnotation(Handles.class);
			handlers.addAll(handlersOfMethod(methodName, bean, method, handles));
		}
		return handlers;
	}

	// A method that has the annotation once more where it is overridden is one handler.
	private static Collection<Method> annotatedMethods(Class<?> type) {
		Map<List<Object>, Method> methods = new LinkedHashMap<>();
		Stream.<Class<?>>iterate(type, (current) -> current != null, Class::getSuperclass)
			.flatMap((current) -> Arrays.stream(current.getDeclaredMethods()))
			.filter((method) -> method.isAnnotationPresent(Handles.class) && !method.isBridge())
			.forEach((method) -> methods.putIfAbsent(List.of(method.getName(), List.of(method.getParameterTypes())),
					method));
		return methods.values();
	}

	@SuppressWarnings("unchecked") // the content is decoded to what the handler declares
	private List<Handler> handlersOfType(String name, Object bean, Class<?> type, Handles handles) {
		if (!(bean instanceof MessageHandler<?> handler)) {
			throw new InvalidHandlerException(name,
					"its %s has @Handles, so it must implement MessageHandler;".formatted(type)
							+ " or put @Handles on its methods instead");
		}
		return handlers(name, handles, contentType(type), (MessageHandler<Object>) handler);
	}

	private static Class<?> contentType(Class<?> handlerType) {
		return Arrays.stream(handlerType.getMethods())
			.filter((method) -> method.getName().equals("handle") && !method.isBridge())
			.filter((method) -> method.getParameterCount() == 2
					&& method.getParameterTypes()[1] == MessageContext.class)
			.<Class<?>>map((method) -> method.getParameterTypes()[0])
			.findFirst()
			.orElse(Object.class);
	}

	private List<Handler> handlersOfMethod(String name, Object bean, Method method, Handles handles) {
		Class<?>[] parameters = method.getParameterTypes();
		boolean takesContent = parameters.length == 1
				|| (parameters.length == 2 && parameters[1] == MessageContext.class);
		if (!takesContent || parameters[0] == MessageContext.class) {
			throw new InvalidHandlerException(name,
					"it must take the content of the message and, if it likes, a MessageContext");
		}
		if (!MethodHandler.canReturn(method.getReturnType())) {
			throw new InvalidHandlerException(name,
					"it returns %s; return void, a boolean, an Outcome or a".formatted(method.getReturnType().getName())
							+ " CompletionStage of one of these");
		}
		return handlers(name, handles, parameters[0], new MethodHandler(bean, invocable(name, bean, method)));
	}

	private static Method invocable(String name, Object bean, Method method) {
		if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
			throw new InvalidHandlerException(name, "it must be neither private nor static");
		}
		Method invocable = method.getDeclaringClass().isInstance(bean) ? method : interfaceMethod(name, bean, method);
		invocable.setAccessible(true);
		return invocable;
	}

	private static Method interfaceMethod(String name, Object proxy, Method method) {
		try {
			return proxy.getClass().getMethod(method.getName(), method.getParameterTypes());
		}
		catch (NoSuchMethodException ex) {
			throw new InvalidHandlerException(name, "its bean is a proxy of interfaces that lack the method;"
					+ " declare it in an interface, or let Spring proxy the class (spring.aop.proxy-target-class=true)");
		}
	}

	private List<Handler> handlers(String name, Handles handles, Class<?> declared, MessageHandler<Object> target) {
		Set<MediaType> types = new LinkedHashSet<>();
		for (Class<?> schema : handles.value()) {
			types.add(registeredMediaType(name, schema));
		}
		for (String mediaType : handles.mediaTypes()) {
			types.add(resolve(name, mediaType));
		}
		if (types.isEmpty()) {
			types.add(registeredMediaType(name, declared));
		}
		return types.stream()
			.map((mediaType) -> new Handler(name, mediaType, contentType(name, mediaType, declared), target))
			.toList();
	}

	private MediaType registeredMediaType(String name, Class<?> schema) {
		try {
			MediaType mediaType = this.schemas.mediaTypeOf(schema);
			this.schemas.register(mediaType, schema);
			return mediaType;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHandlerException(name,
					"no media type is known for %s: give it a @MessageSchema, or name".formatted(schema.getName())
							+ " the types with @Handles(mediaTypes = ...)");
		}
	}

	private MediaType resolve(String name, String mediaType) {
		try {
			return this.mediaTypes.resolve(mediaType);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHandlerException(name, String.valueOf(ex.getMessage()));
		}
	}

	private Class<?> contentType(String name, MediaType mediaType, Class<?> declared) {
		Class<?> registered = this.schemas.schemas().get(mediaType);
		if (registered != null && declared.isAssignableFrom(registered)) {
			return registered;
		}
		if (isTree(declared)) {
			return (declared == Object.class) ? Map.class : declared;
		}
		if (registered != null) {
			throw new InvalidHandlerException(name, "it takes %s, but the schema of '%s' is %s"
				.formatted(declared.getName(), mediaType, registered.getName()));
		}
		this.schemas.register(mediaType, declared);
		return declared;
	}

	private static boolean isTree(Class<?> type) {
		return type == Object.class || Map.class.isAssignableFrom(type) || JsonNode.class.isAssignableFrom(type);
	}

}
