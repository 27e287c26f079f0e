package io.pubsub.dispatch;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.MessageHandler;
import io.pubsub.MessageSchema;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.schema.internal.MetaAnnotations;
import io.pubsub.schema.internal.TypeHierarchy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.type.TypeFactory;

/**
 * Finds the handlers that a bean declares with {@link Handles}, and registers the schemas
 * that their parameters imply.
 *
 * @since 0.1.0
 */
public final class HandlerMethods {

	private final MediaTypes mediaTypes;

	private final SchemaRegistry schemas;

	private final Function<AnnotatedElement, @Nullable Handles> annotations;

	private final TypeFactory types = TypeFactory.createDefaultInstance();

	/**
	 * Makes a finder.
	 * @param mediaTypes the naming convention
	 * @param schemas the schemas, to which those of the handlers are added
	 */
	public HandlerMethods(MediaTypes mediaTypes, SchemaRegistry schemas) {
		this(mediaTypes, schemas, (element) -> MetaAnnotations.find(element, Handles.class));
	}

	/**
	 * Makes a finder that reads annotations in another way.
	 * @param mediaTypes the naming convention
	 * @param schemas the schemas, to which those of the handlers are added
	 * @param annotations gives the annotation of a class or method, without a look at
	 * what that extends or overrides; {@code null} where there is none
	 */
	public HandlerMethods(MediaTypes mediaTypes, SchemaRegistry schemas,
			Function<AnnotatedElement, @Nullable Handles> annotations) {
		this.mediaTypes = mediaTypes;
		this.schemas = schemas;
		this.annotations = annotations;
	}

	/**
	 * Whether a class has something annotated.
	 * @param type the class
	 * @return {@code true} if the class, one of its methods, or what these extend,
	 * implement or override has the annotation
	 */
	public boolean isAnnotated(Class<?> type) {
		return TypeHierarchy.of(type)
			.stream()
			.flatMap((declaring) -> Stream.concat(Stream.of(declaring), Arrays.stream(declaring.getDeclaredMethods())))
			.anyMatch((element) -> this.annotations.apply(element) != null);
	}

	/**
	 * The handlers of a bean.
	 * @param name the name that people know the bean by
	 * @param bean the bean; it may be a proxy
	 * @param type the class of the bean, which is not a proxy's; the annotations may also
	 * be on its superclasses and interfaces
	 * @return the handlers; empty if nothing is annotated
	 * @throws InvalidHandlerException if something annotated cannot be a handler
	 */
	public List<Handler> find(String name, Object bean, Class<?> type) {
		HandlerType handlerType = new HandlerType(type, this.types, this.annotations);
		List<Handler> handlers = new ArrayList<>();
		Handles onType = handlerType.annotation();
		if (onType != null) {
			handlers.addAll(handlersOfType(name, bean, handlerType, onType));
		}
		for (HandlerMethod method : handlerType.methods()) {
			handlers.addAll(handlersOfMethod(name + "." + method.method().getName(), bean, method));
		}
		return handlers;
	}

	@SuppressWarnings("unchecked") // the content is decoded to what the handler declares
	private List<Handler> handlersOfType(String name, Object bean, HandlerType type, Handles handles) {
		if (!(bean instanceof MessageHandler<?> handler)) {
			throw new InvalidHandlerException(name,
					"its %s has @Handles, so it must implement MessageHandler;".formatted(type)
							+ " or put @Handles on its methods instead");
		}
		return handlers(name, handles, type.handledContent(), (MessageHandler<Object>) handler);
	}

	private List<Handler> handlersOfMethod(String name, Object bean, HandlerMethod method) {
		List<JavaType> parameters = method.parameters();
		boolean takesContent = parameters.size() == 1
				|| (parameters.size() == 2 && parameters.get(1).hasRawClass(MessageContext.class));
		if (!takesContent || parameters.get(0).hasRawClass(MessageContext.class)) {
			throw new InvalidHandlerException(name,
					"it must take the content of the message and, if it likes, a MessageContext");
		}
		if (!MethodHandler.canReturn(method.result())) {
			throw new InvalidHandlerException(name,
					"it returns %s; return void, a boolean, an Outcome or a".formatted(method.result().toCanonical())
							+ " CompletionStage of one of these, when the work is done");
		}
		return handlers(name, method.handles(), parameters.get(0),
				new MethodHandler(bean, invocable(name, bean, method)));
	}

	private static Method invocable(String name, Object bean, HandlerMethod method) {
		int modifiers = method.method().getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
			throw new InvalidHandlerException(name, "it must be neither private nor static");
		}
		Method invocable = method.declarations()
			.stream()
			.filter((declaration) -> declaration.getDeclaringClass().isInstance(bean))
			.findFirst()
			.orElseThrow(() -> new InvalidHandlerException(name, "its bean is a proxy of interfaces that lack the"
					+ " method; declare it in an interface, or have the class proxied"));
		if (!invocable.trySetAccessible()) {
			throw new InvalidHandlerException(name, "its module does not let it be called: open the package %s to"
				.formatted(invocable.getDeclaringClass().getPackageName()) + " io.pubsub.core");
		}
		return invocable;
	}

	private List<Handler> handlers(String name, Handles handles, JavaType content, MessageHandler<Object> target) {
		Class<?> declared = content.getRawClass();
		if (content.hasGenericTypes() && !isTree(content)) {
			throw new InvalidHandlerException(name,
					"it takes %s, but content cannot have type parameters: declare a".formatted(content.toCanonical())
							+ " record for it, or take a Map<String, Object> or a JsonNode");
		}
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
		insistOnOwn(name, mediaType, declared);
		this.schemas.register(mediaType, declared);
		return declared;
	}

	private void insistOnOwn(String name, MediaType mediaType, Class<?> schema) {
		if (schema.isAnnotationPresent(MessageSchema.class) && !mediaType.matches(this.mediaTypes.of(schema))) {
			throw new InvalidHandlerException(name,
					"it takes %s, whose @MessageSchema says '%s', but names '%s': correct one of them, or take a class"
						.formatted(schema.getName(), this.mediaTypes.of(schema), mediaType)
							+ " without @MessageSchema for several media types");
		}
	}

	private static boolean isTree(JavaType type) {
		return isTree(type.getRawClass())
				&& (type.getContentType() == null || type.getContentType().hasRawClass(Object.class));
	}

	private static boolean isTree(Class<?> type) {
		return type == Object.class || Map.class.isAssignableFrom(type) || JsonNode.class.isAssignableFrom(type);
	}

}
