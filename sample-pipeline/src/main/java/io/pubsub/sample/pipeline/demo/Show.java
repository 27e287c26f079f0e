package io.pubsub.sample.pipeline.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A demonstration, which SIGTERM may end at any time. What it uses is closed under its
 * feet then, which is no failure.
 */
@FunctionalInterface
public interface Show {

	/**
	 * Shows what there is to see.
	 * @throws InterruptedException if the thread is interrupted
	 */
	void perform() throws InterruptedException;

	/**
	 * Performs until its end, or until the application is stopped.
	 * @param context the application
	 * @throws InterruptedException if the thread is interrupted
	 */
	default void performIn(ConfigurableApplicationContext context) throws InterruptedException {
		try {
			perform();
		}
		catch (RuntimeException ex) {
			if (!context.isClosed()) {
				throw ex;
			}
			Logger logger = LoggerFactory.getLogger(Show.class);
			logger.info("Stopped in the middle of the demonstration");
			logger.debug("It was stopped here", ex);
		}
	}

	/**
	 * Performs, and says afterwards whether the application goes on.
	 * @param context the application
	 * @param args its options
	 * @throws InterruptedException if the thread is interrupted
	 */
	default void performIn(ConfigurableApplicationContext context, ApplicationArguments args)
			throws InterruptedException {
		performIn(context);
		if (!args.containsOption("once") && !context.isClosed()) {
			LoggerFactory.getLogger(Show.class).info("The pipeline stays up until Ctrl+C");
		}
	}

}
