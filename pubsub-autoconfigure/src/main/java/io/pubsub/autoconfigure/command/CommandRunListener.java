package io.pubsub.autoconfigure.command;

import java.time.Duration;

import io.pubsub.autoconfigure.doctor.DoctorReport;
import io.pubsub.autoconfigure.internal.CommandLineProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Runs a command when the context is there, before anything else of the application, and
 * exits.
 */
final class CommandRunListener implements SpringApplicationRunListener, Ordered {

	private final String[] arguments;

	private @Nullable Environment environment;

	CommandRunListener(SpringApplication application, String[] arguments) {
		this.arguments = arguments;
	}

	@Override
	public void environmentPrepared(ConfigurableBootstrapContext context, ConfigurableEnvironment environment) {
		this.environment = environment;
		environment.getPropertySources().addLast(new Arguments(this.arguments));
	}

	@Override
	public void started(ConfigurableApplicationContext context, @Nullable Duration timeTaken) {
		if (context.getEnvironment().containsProperty(CommandLineProperties.COMMAND)) {
			int code = Commands.execute(Commands.commandLine(context), this.arguments);
			// Not with SpringApplication.exit, which also asks the beans of the
			// application.
			context.close();
			System.exit(code);
		}
	}

	// A doctor who does not get to the patient has found nothing, neither good nor bad.
	@Override
	public void failed(@Nullable ConfigurableApplicationContext context, Throwable failure) {
		Environment known = this.environment;
		if (known != null && Commands.DOCTOR.equals(known.getProperty(CommandLineProperties.COMMAND))
				&& !CommandFailure.isWrongUsage(failure)) {
			BeanFactory beans = (context != null) ? context.getBeanFactory() : new StaticListableBeanFactory();
			System.err.println("It could not look: " + new CommandFailure(failure, beans, () -> known).analysis());
			System.exit(DoctorReport.COULD_NOT_LOOK);
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
