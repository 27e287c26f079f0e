package io.pubsub.autoconfigure.consume;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.pubsub.Handles;
import io.pubsub.autoconfigure.internal.PackageScanner;
import io.pubsub.schema.internal.TypeHierarchy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * The classes of the application that have {@link Handles}, but of which no bean is one:
 * they look like handlers and handle nothing.
 */
final class UnboundHandlers {

	private static final Logger logger = LoggerFactory.getLogger(HandlesBeanRegistrar.class);

	private static final int MAX_NAMED = 20;

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	UnboundHandlers(ConfigurableListableBeanFactory beanFactory, Environment environment) {
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	/**
	 * Warns of them, if there are any.
	 * @param beans the classes of the beans that have handlers
	 */
	void warn(Collection<Class<?>> beans) {
		Set<String> bound = beans.stream()
			.flatMap((type) -> TypeHierarchy.of(type).stream())
			.map(Class::getName)
			.collect(Collectors.toSet());
		List<String> unbound = scanner().classNames().stream().filter((name) -> !bound.contains(name)).toList();
		if (!unbound.isEmpty()) {
			logger.warn(
					"With @Handles, but no bean, so that nothing is handled by {}{}: make it a bean (@Component, or"
							+ " what a @Bean method declares to return), or remove @Handles",
					named(unbound),
					(unbound.size() > MAX_NAMED) ? " and %d more".formatted(unbound.size() - MAX_NAMED) : "");
		}
	}

	private static String named(List<String> names) {
		return names.stream().sorted().limit(MAX_NAMED).collect(Collectors.joining(", "));
	}

	private PackageScanner scanner() {
		PackageScanner scanner = new PackageScanner(this.beanFactory, this.environment, UnboundHandlers::isAnnotated);
		// Leaves out the classes of other tests, as the component scan does.
		TypeExcludeFilter excluded = new TypeExcludeFilter();
		excluded.setBeanFactory(this.beanFactory);
		scanner.addExcludeFilter(excluded);
		return scanner;
	}

	private static boolean isAnnotated(MetadataReader reader, MetadataReaderFactory unused) {
		AnnotationMetadata type = reader.getAnnotationMetadata();
		return !type.isAnnotation()
				&& (type.isAnnotated(Handles.class.getName()) || type.hasAnnotatedMethods(Handles.class.getName()));
	}

}
