package io.pubsub.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.pubsub.MessageSchema;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Finds the schema classes in the packages of the application.
 */
final class SchemaScanner extends ClassPathScanningCandidateComponentProvider {

	SchemaScanner(Environment environment) {
		super(false, environment);
		addIncludeFilter(new AnnotationTypeFilter(MessageSchema.class, false));
	}

	@Override
	protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
		return true;
	}

	List<Class<?>> scan(BeanFactory beanFactory) {
		List<Class<?>> schemas = new ArrayList<>();
		if (AutoConfigurationPackages.has(beanFactory)) {
			for (String basePackage : AutoConfigurationPackages.get(beanFactory)) {
				findCandidateComponents(basePackage).forEach((candidate) -> schemas.add(load(candidate)));
			}
		}
		return schemas;
	}

	private static Class<?> load(BeanDefinition candidate) {
		return ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()),
				ClassUtils.getDefaultClassLoader());
	}

}
