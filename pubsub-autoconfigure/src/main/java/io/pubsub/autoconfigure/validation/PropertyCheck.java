package io.pubsub.autoconfigure.validation;

import java.util.LinkedHashSet;
import java.util.Set;

import org.apache.commons.logging.Log;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Looks for properties below {@code pubsub} that do not exist, and for those that have no
 * value. What looks misspelt and what is empty end the start. Other names have a warning:
 * they may be the application's own.
 * <p>
 * Variables of the environment are never refused, since others set them too, such as
 * Kubernetes for a service that is named pubsub.
 */
final class PropertyCheck implements EnvironmentPostProcessor, Ordered {

	private final KnownProperties known = new KnownProperties();

	private final Log log;

	PropertyCheck(DeferredLogFactory logs) {
		this.log = logs.getLog(PropertyCheck.class);
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Set<String> findings = new LinkedHashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				iterable.stream()
					.filter(KnownProperties.ROOT::isAncestorOf)
					.filter((name) -> variables ? !this.known.containsVariable(name) : !this.known.contains(name))
					.forEach((name) -> judge(source, name, variables, findings));
			}
		}
		findEmpty(environment, findings);
		if (!findings.isEmpty()) {
			throw new WrongPropertiesException(findings);
		}
	}

	// What a conversion or a constraint says of an empty value may not name the property.
	private void findEmpty(ConfigurableEnvironment environment, Set<String> findings) {
		for (ConfigurationPropertyName name : this.known.scalars()) {
			String value = environment.getProperty(name.toString());
			if (value != null && value.isBlank()) {
				findings.add("%s%s is empty. Give it a value, or remove it.".formatted(name, place(environment, name)));
			}
		}
	}

	private void judge(ConfigurationPropertySource source, ConfigurationPropertyName name, boolean variable,
			Set<String> findings) {
		String nearest = this.known.nearest(name);
		if (nearest == null && !variable) {
			this.log.warn("There is no property %s%s, so that it has no effect on this library".formatted(name,
					place(source, name)));
		}
		else if (nearest != null) {
			String finding = "There is no property %s%s. Is it %s?".formatted(name, place(source, name), nearest);
			if (variable) {
				this.log.warn(finding);
			}
			else {
				findings.add(finding);
			}
		}
	}

	private static String place(ConfigurableEnvironment environment, ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.getConfigurationProperty(name) != null) {
				return place(source, name);
			}
		}
		return "";
	}

	private static String place(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		Origin origin = (property != null) ? property.getOrigin() : null;
		return (origin != null) ? " (" + origin + ")" : "";
	}

	// After the configuration files were read, before anything is made of them.
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 2;
	}

}
