package io.pubsub.autoconfigure.command;

import java.util.List;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Makes an application that is run with a command a quiet one without a daemon and
 * without a web server. With {@code pubsub.commands.enabled=false} there are no commands,
 * so that their names are the application's own.
 */
final class CommandEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.getPropertySources()
			.get(CommandRunListener.Arguments.NAME) instanceof CommandRunListener.Arguments source
				&& environment.getProperty("pubsub.commands.enabled", Boolean.class, true)
				&& ClassUtils.isPresent("picocli.CommandLine", application.getClassLoader())) {
			List<String> arguments = List.of(source.getSource());
			if (Commands.isCommand(source.getSource())) {
				environment.getPropertySources()
					.addFirst(new MapPropertySource("pubsubCommand", CommandProperties.of(arguments)));
			}
			else if (!arguments.isEmpty()) {
				Commands.refuseMisspelt(arguments.get(0));
			}
		}
	}

	// After the configuration files were read, before the embedded broker is looked at.
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

}
