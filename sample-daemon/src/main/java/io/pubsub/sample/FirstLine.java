package io.pubsub.sample;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Says what starts, before that takes its time. A command starts nothing to tell of.
 */
final class FirstLine implements ApplicationListener<ApplicationContextInitializedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(FirstLine.class);

	@Override
	public void onApplicationEvent(ApplicationContextInitializedEvent event) {
		Environment environment = event.getApplicationContext().getEnvironment();
		if (!environment.containsProperty("pubsub.command-line.command")) {
			boolean local = environment.getProperty("pubsub.local.enabled", Boolean.class, false);
			logger.info("Starting the sample daemon{}",
					local ? " on a broker of its own: SNS and SQS inside this process" : "");
		}
	}

}
