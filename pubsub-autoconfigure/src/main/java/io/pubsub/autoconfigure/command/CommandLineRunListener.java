package io.pubsub.autoconfigure.command;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Reads the flags of a daemon from the command line, before the environment is prepared.
 */
final class CommandLineRunListener implements SpringApplicationRunListener, Ordered {

	private final String[] arguments;

	CommandLineRunListener(SpringApplication application, String[] arguments) {
		this.arguments = arguments;
	}

	// Not earlier: only from here on Spring Boot analyzes failures and heeds exit codes.
	@Override
	public void environmentPrepared(ConfigurableBootstrapContext context, ConfigurableEnvironment environment) {
		Map<String, Object> properties = DaemonArguments.parse(this.arguments).properties();
		if (!properties.isEmpty()) {
			environment.getPropertySources().addFirst(new MapPropertySource("pubsubCommandLine", properties));
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
