package io.pubsub.autoconfigure.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.pubsub.InvalidSettingException;
import io.pubsub.autoconfigure.PipelineProperties;
import io.pubsub.autoconfigure.PubSubProperties;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/**
 * Binds what is configured for a pipeline: a value of its own, or else that of
 * {@code pubsub.consumer} and {@code pubsub.dead-letter}.
 *
 * @param environment the environment
 * @param validator the validator of the values
 */
record PipelineBinder(Environment environment, Validator validator) {

	private static final String PIPELINES = "pubsub.pipelines";

	PipelineSettings bind(String pipeline) {
		ConfigurationPropertyName prefix = prefix(pipeline);
		String property = PIPELINES + "." + pipeline;
		try {
			return new PipelineSettings(property, bind(prefix, PipelineProperties.class),
					bind(prefix, PubSubProperties.Consumer.class),
					bind(prefix.append("dead-letter"), PubSubProperties.DeadLetter.class));
		}
		catch (BindException ex) {
			if (NestedExceptionUtils.getRootCause(ex) instanceof InvalidSettingException refusal) {
				throw PipelineSettings.invalid(refusal, property, property);
			}
			throw ex;
		}
	}

	private <T> T bind(ConfigurationPropertyName prefix, Class<T> type) {
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		ConfigurationPropertySources.get(this.environment).forEach(sources::add);
		List.copyOf(sources).forEach((source) -> sources.add(new General(source)));
		Binder binder = new Binder(sources, new PropertySourcesPlaceholdersResolver(this.environment));
		return binder.bindOrCreate(prefix, Bindable.of(type),
				new ValidationBindHandler(new SpringValidatorAdapter(this.validator)));
	}

	// A dot or an underscore would make another name.
	private static ConfigurationPropertyName prefix(String pipeline) {
		return (pipeline.indexOf('.') < 0 && pipeline.indexOf('_') < 0)
				? ConfigurationPropertyName.of(PIPELINES + "." + pipeline.toLowerCase(Locale.ROOT))
				: ConfigurationPropertyName.of(PIPELINES + "[" + pipeline + "]");
	}

	/**
	 * The values that all have in common, under the name that they would have for one.
	 *
	 * @param source the source with these values
	 */
	private record General(ConfigurationPropertySource source) implements ConfigurationPropertySource {

		private static final int PIPELINE_ELEMENTS = 3;

		private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("pubsub");

		@Override
		public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
			return (name.getNumberOfElements() > PIPELINE_ELEMENTS)
					? this.source.getConfigurationProperty(general(name)) : null;
		}

		@Override
		public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
			return (name.getNumberOfElements() > PIPELINE_ELEMENTS) ? this.source.containsDescendantOf(general(name))
					: ConfigurationPropertyState.UNKNOWN;
		}

		private static ConfigurationPropertyName general(ConfigurationPropertyName name) {
			ConfigurationPropertyName rest = name.subName(PIPELINE_ELEMENTS);
			boolean deadLetter = rest.getElement(0, ConfigurationPropertyName.Form.UNIFORM).equals("deadletter");
			return (deadLetter ? ROOT : ROOT.append("consumer")).append(rest);
		}

	}

}
