package io.pubsub.autoconfigure.command;

import java.time.Duration;

import io.pubsub.autoconfigure.internal.CommandLineProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Runs a command when the context is there, before anything else of the application, and
 * exits.
 */
final class CommandRunListener implements SpringApplicationRunListener, Ordered {

	private final String[] arguments;

	CommandRunListener(SpringApplication application, String[] arguments) {
		this.arguments = arguments;
	}

	@Override
	public void environmentPrepared(ConfigurableBootstrapContext context, ConfigurableEnvironment environment) {
		environment.getPropertySources().addLast(new Arguments(this.arguments));
	}

	@Override
	public void started(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
		if (context.getEnvironment().containsProperty(CommandLineProperties.COMMAND)) {
			int code = Commands.execute(Commands.commandLine(context), this.arguments);
			System.exit(SpringApplication.exit(context, () -> code));
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/**
	 * The command line, for those who see the environment only. It has no properties.
	 */
	static final class Arguments extends PropertySource<String[]> {

		static final String NAME = "pubsubArguments";

		Arguments(String... arguments) {
			super(NAME, arguments);
		}

		@Override
		public @Nullable Object getProperty(String name) {
			return null;
		}

	}

}
