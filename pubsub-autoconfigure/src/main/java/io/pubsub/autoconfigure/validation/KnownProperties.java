package io.pubsub.autoconfigure.validation;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.console.ConsoleProperties;
import io.pubsub.autoconfigure.deadletter.WorkbenchProperties;
import io.pubsub.autoconfigure.doctor.DoctorProperties;
import io.pubsub.autoconfigure.folder.PubSubFolderProperties;
import io.pubsub.autoconfigure.idempotency.PubSubIdempotencyProperties;
import io.pubsub.autoconfigure.internal.Spelling;
import io.pubsub.autoconfigure.jdbc.PubSubJdbcProperties;
import io.pubsub.autoconfigure.kinesis.PubSubKinesisProperties;
import io.pubsub.autoconfigure.outbox.PubSubOutboxProperties;
import io.pubsub.autoconfigure.uri.PubSubUriProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * All properties below {@code pubsub}, as the records have them that they are bound to.
 */
final class KnownProperties {

	static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("pubsub");

	private static final String GROUPS = PubSubProperties.class.getPackageName() + ".";

	// Stands for any name of a pipeline, a bucket and the like.
	private static final String ANY = "any";

	private static final List<Class<? extends Record>> TYPES = List.of(PubSubProperties.class,
			PubSubIdempotencyProperties.class, PubSubUriProperties.class, PubSubKinesisProperties.class,
			PubSubFolderProperties.class, PubSubJdbcProperties.class, DoctorProperties.class, WorkbenchProperties.class,
			PubSubOutboxProperties.class, ConsoleProperties.class);

	private final List<Known> properties = new ArrayList<>();

	// Maps of records.
	private final List<ConfigurationPropertyName> named = new ArrayList<>();

	KnownProperties() {
		for (Class<? extends Record> type : TYPES) {
			String prefix = type.getAnnotation(ConfigurationProperties.class).value();
			add(ConfigurationPropertyName.of(prefix), type);
		}
		// What the command line stands for.
		this.properties.add(new Known(ROOT.append("command-line"), true, false));
	}

	private void add(ConfigurationPropertyName prefix, Class<?> type) {
		for (RecordComponent component : type.getRecordComponents()) {
			ConfigurationPropertyName name = prefix.append(nameOf(component));
			Class<?> element = elementType(component);
			if (isGroup(component.getType())) {
				add(name, component.getType());
			}
			else if (element != null) {
				this.properties.add(new Known(name, false, true));
				this.named.add(name);
				add(name.append(ANY), element);
			}
			else {
				this.properties.add(new Known(name, Map.class.isAssignableFrom(component.getType()),
						Collection.class.isAssignableFrom(component.getType())));
			}
		}
	}

	// A record of another package is a value, such as a rate.
	private static boolean isGroup(Class<?> type) {
		return type.isRecord() && type.getName().startsWith(GROUPS);
	}

	// Of a map of records.
	private static @Nullable Class<?> elementType(RecordComponent component) {
		return (component.getGenericType() instanceof ParameterizedType type && type.getRawType().equals(Map.class)
				&& type.getActualTypeArguments()[1] instanceof Class<?> element && isGroup(element)) ? element : null;
	}

	private static String nameOf(RecordComponent component) {
		try {
			Name name = component.getDeclaringRecord().getDeclaredField(component.getName()).getAnnotation(Name.class);
			return (name != null) ? name.value() : DataObjectPropertyName.toDashedForm(component.getName());
		}
		catch (NoSuchFieldException ex) {
			throw new IllegalStateException(component + " has no field", ex);
		}
	}

	List<String> names() {
		return this.properties.stream().map((property) -> property.name().toString()).toList();
	}

	// Those that must have a value if they are there.
	List<ConfigurationPropertyName> scalars() {
		return this.properties.stream()
			.filter((property) -> !property.map() && !property.list())
			.map(Known::name)
			.toList();
	}

	boolean contains(ConfigurationPropertyName name) {
		ConfigurationPropertyName single = ofAny(withoutIndex(name));
		return this.properties.stream().anyMatch((known) -> known.covers(single));
	}

	// In the name of an environment variable, a dot and a hyphen look alike.
	boolean containsVariable(ConfigurationPropertyName name) {
		String letters = letters(withoutIndex(name));
		// Where the name in it ends, nobody knows.
		return this.named.stream().anyMatch((map) -> letters.startsWith(letters(map)))
				|| this.properties.stream().anyMatch((known) -> known.covers(letters));
	}

	// The property that was meant; null if none is near.
	@Nullable String nearest(ConfigurationPropertyName name) {
		ConfigurationPropertyName map = mapOf(name);
		String nearest = nearestOf(ofAny(name));
		return (nearest != null && map != null)
				? nearest.replace(map.append(ANY).toString(), name.chop(map.getNumberOfElements() + 1).toString())
				: nearest;
	}

	private @Nullable String nearestOf(ConfigurationPropertyName name) {
		ConfigurationPropertyName single = withoutIndex(name);
		String nearest = nearest(single, this.properties);
		while (nearest == null && single.getNumberOfElements() > 2) {
			single = single.getParent();
			nearest = nearest(single, this.properties.stream().filter(Known::map).toList());
		}
		return nearest;
	}

	private static @Nullable String nearest(ConfigurationPropertyName name, List<Known> properties) {
		Map<String, String> names = properties.stream()
			.collect(Collectors.toMap((known) -> letters(known.name()), (known) -> known.name().toString()));
		String nearest = Spelling.nearest(letters(name), names.keySet());
		return (nearest != null) ? names.get(nearest) : null;
	}

	private ConfigurationPropertyName ofAny(ConfigurationPropertyName name) {
		ConfigurationPropertyName map = mapOf(name);
		if (map == null) {
			return name;
		}
		int elements = map.getNumberOfElements() + 1;
		ConfigurationPropertyName any = map.append(ANY);
		return (name.getNumberOfElements() > elements) ? any.append(name.subName(elements)) : any;
	}

	private @Nullable ConfigurationPropertyName mapOf(ConfigurationPropertyName name) {
		return this.named.stream().filter((map) -> map.isAncestorOf(name)).findFirst().orElse(null);
	}

	private static ConfigurationPropertyName withoutIndex(ConfigurationPropertyName name) {
		ConfigurationPropertyName single = name;
		while (single.isNumericIndex(single.getNumberOfElements() - 1)) {
			single = single.getParent();
		}
		return single;
	}

	// Without the prefix, which all have in common.
	private static String letters(ConfigurationPropertyName name) {
		return name.subName(1).toString().replaceAll("[-.]", "").toLowerCase(Locale.ROOT);
	}

	private record Known(ConfigurationPropertyName name, boolean map, boolean list) {

		boolean covers(ConfigurationPropertyName other) {
			return this.name.equals(other) || other.isAncestorOf(this.name)
					|| (this.map && this.name.isAncestorOf(other));
		}

		boolean covers(String other) {
			String own = letters(this.name);
			return own.startsWith(other) || (this.map && other.startsWith(own));
		}

	}

}
