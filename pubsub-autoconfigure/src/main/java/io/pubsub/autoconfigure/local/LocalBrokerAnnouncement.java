package io.pubsub.autoconfigure.local;

import java.io.IOException;

import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.local.LocalBroker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.env.Environment;

/**
 * Lets the commands of a service find its embedded broker for as long as it runs.
 */
final class LocalBrokerAnnouncement implements InitializingBean, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(LocalBrokerAnnouncement.class);

	private final RunningBroker broker;

	private final Environment environment;

	LocalBrokerAnnouncement(LocalBroker broker, Environment environment) {
		this.broker = new RunningBroker(broker.sqsEndpoint(), broker.snsEndpoint(), broker.s3Endpoint());
		this.environment = environment;
	}

	// What ends with its command or its input is not for others to use.
	static boolean isOfUse(Environment environment) {
		return !environment.containsProperty(CommandLineProperties.COMMAND)
				&& !InputAddress.isInput(environment.getProperty("pubsub.source"));
	}

	// A service runs without it: only its commands ask for the ports.
	@Override
	public void afterPropertiesSet() {
		try {
			this.broker.announce(this.environment);
		}
		catch (IOException ex) {
			logger.debug("Commands find the local broker only at configured ports (pubsub.local.*-port)", ex);
		}
	}

	@Override
	public void destroy() throws IOException {
		this.broker.withdraw(this.environment);
	}

}
