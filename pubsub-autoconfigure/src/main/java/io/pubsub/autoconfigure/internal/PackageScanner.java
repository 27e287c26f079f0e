package io.pubsub.autoconfigure.internal;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the classes of a kind in the packages of the application.
 */
public final class PackageScanner extends ClassPathScanningCandidateComponentProvider {

	private final BeanFactory beanFactory;

	/**
	 * Makes a scanner.
	 * @param beanFactory the beans of the application, with its packages
	 * @param environment the environment of the application
	 * @param kind the kind of classes to find
	 */
	public PackageScanner(BeanFactory beanFactory, Environment environment, TypeFilter kind) {
		super(false, environment);
		this.beanFactory = beanFactory;
		// What the component scan of Spring Boot has read needs not be read again.
		beanFactory.getBeanProvider(MetadataReaderFactory.class).ifUnique(this::setMetadataReaderFactory);
		addIncludeFilter(kind);
	}

	@Override
	protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
		return true;
	}

	/**
	 * Finds the names of the classes.
	 * @return the names
	 */
	public List<String> classNames() {
		Stream<String> packages = AutoConfigurationPackages.has(this.beanFactory)
				? AutoConfigurationPackages.get(this.beanFactory).stream() : Stream.empty();
		return packages.map(this::findCandidateComponents)
			.flatMap(Collection::stream)
			.map(BeanDefinition::getBeanClassName)
			.map(String::valueOf)
			.distinct()
			.toList();
	}

	/**
	 * Finds and loads the classes.
	 * @return the classes
	 */
	public List<Class<?>> classes() {
		return classNames().stream().<Class<?>>map(PackageScanner::load).toList();
	}

	private static Class<?> load(String className) {
		return ClassUtils.resolveClassName(className, ClassUtils.getDefaultClassLoader());
	}

}
