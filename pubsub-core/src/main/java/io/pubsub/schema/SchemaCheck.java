package io.pubsub.schema;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.DeserializationContextExt;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * Insists that Jackson can write and read a class, and that its constraints fit, before a
 * message fails for it.
 * <p>
 * Safe for use by many threads.
 */
final class SchemaCheck {

	private static final Set<LogicalType> OBJECTS = Set.of(LogicalType.POJO, LogicalType.Map, LogicalType.Untyped);

	private final JsonMapper mapper;

	private final ConstraintCheck constraints;

	private final Set<Class<?>> writable = ConcurrentHashMap.newKeySet();

	private final Set<Class<?>> readable = ConcurrentHashMap.newKeySet();

	SchemaCheck(JsonMapper mapper, Validator validator) {
		this.mapper = mapper;
		this.constraints = new ConstraintCheck(validator, mapper.getTypeFactory());
	}

	static boolean isUntyped(Class<?> type) {
		return type == Object.class || Map.class.isAssignableFrom(type) || JsonNode.class.isAssignableFrom(type);
	}

	/**
	 * Insists that messages can be made of instances of a class, and the other way.
	 * @param schema the class
	 * @throws InvalidSchemaException if they cannot
	 */
	void check(Class<?> schema) {
		checkReadable(schema);
		checkWritable(schema);
	}

	/**
	 * Insists that messages can be made of instances of a class.
	 * @param schema the class
	 * @throws InvalidSchemaException if they cannot
	 */
	void checkWritable(Class<?> schema) {
		check(schema, this.writable, this::write);
	}

	/**
	 * Insists that instances of a class can be made of messages.
	 * @param schema the class
	 * @throws InvalidSchemaException if they cannot
	 */
	void checkReadable(Class<?> schema) {
		check(schema, this.readable, this::read);
	}

	private void check(Class<?> schema, Set<Class<?>> passed, Consumer<Class<?>> check) {
		if (isUntyped(schema) || passed.contains(schema)) {
			return;
		}
		try {
			refuse(schema.getTypeParameters().length > 0,
					"it is generic, and would be read as maps; declare a class that extends it or has it as a field");
			check.accept(schema);
			this.constraints.check(schema);
		}
		catch (JacksonException ex) {
			throw new InvalidSchemaException(schema, ex.getOriginalMessage());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSchemaException(schema, String.valueOf(ex.getMessage()));
		}
		passed.add(schema);
	}

	private void write(Class<?> schema) {
		ValueSerializer<?> serializer = this.mapper._serializationContext().findValueSerializer(schema);
		boolean empty = true;
		for (Iterator<PropertyWriter> properties = serializer.properties(); properties.hasNext();) {
			refuseReserved(properties.next().getName());
			empty = false;
		}
		boolean bean = serializer instanceof BeanSerializerBase || serializer instanceof UnknownSerializer;
		refuse(bean && empty && hasState(schema),
				"none of its fields is visible to Jackson; make it a record, or give it getters");
	}

	private static void refuseReserved(String property) {
		refuse(property.equals(WireFormat.MEDIA_TYPE) || property.equals(WireFormat.OPAQUE_DATA),
				"it has a field %s, which belongs to the envelope; rename it".formatted(property));
	}

	private static boolean hasState(Class<?> type) {
		return Stream.<Class<?>>iterate(type, (current) -> current != null, Class::getSuperclass)
			.flatMap((current) -> Arrays.stream(current.getDeclaredFields()))
			.anyMatch((field) -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic());
	}

	private void read(Class<?> schema) {
		DeserializationContextExt context = this.mapper._deserializationContext();
		JavaType type = this.mapper.constructType(schema);
		ValueDeserializer<?> deserializer = context.findRootValueDeserializer(type);
		LogicalType form = deserializer.logicalType();
		refuse(form != null && !OBJECTS.contains(form),
				"it is no JSON object; declare a record that has it as a field");
		new Walk(context, new HashSet<>()).visit(deserializer, type, "it");
	}

	static void refuse(boolean refused, String problem) {
		if (refused) {
			throw new IllegalArgumentException(problem);
		}
	}

	/**
	 * A walk through all that a content consists of.
	 *
	 * @param context the context, which knows how types are read
	 * @param visited the types that were met before, since a type may contain itself
	 */
	private record Walk(DeserializationContextExt context, Set<JavaType> visited) {

		void visit(@Nullable ValueDeserializer<?> deserializer, JavaType type, String place) {
			if (type.isReferenceType()) {
				JavaType content = type.getContentType();
				visit(this.context.findRootValueDeserializer(content), content, place);
			}
			else if (deserializer instanceof ContainerDeserializerBase<?> container && type.getContentType() != null) {
				visit(container.getContentDeserializer(), type.getContentType(), place);
			}
			else if (deserializer instanceof AbstractDeserializer) {
				boolean readable = type.isTypeOrSuperTypeOf(String.class)
						|| this.context.findTypeDeserializer(type) != null;
				refuse(!readable, "%s is of %s, which is abstract; name a class, or give it a @JsonTypeInfo"
					.formatted(place, type.getRawClass().getName()));
			}
			else if (deserializer instanceof BeanDeserializerBase bean && this.visited.add(type)) {
				visit(bean, type, place);
			}
		}

		private void visit(BeanDeserializerBase bean, JavaType type, String place) {
			refuse(!bean.getValueInstantiator().canInstantiate(),
					"%s is of %s, for which Jackson knows no constructor; make it a record, or mark one with @JsonCreator"
						.formatted(place, type.getRawClass().getName()));
			for (Iterator<SettableBeanProperty> properties = bean.properties(); properties.hasNext();) {
				SettableBeanProperty property = properties.next();
				if (property.getValueTypeDeserializer() == null && property.getAnnotation(JsonTypeInfo.class) == null) {
					visit(property.getValueDeserializer(), property.getType(), "its field " + property.getName());
				}
			}
		}

	}

}
