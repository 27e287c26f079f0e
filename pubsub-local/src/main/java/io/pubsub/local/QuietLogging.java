package io.pubsub.local;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps ElasticMQ and the actors under it from telling of every queue they create, unless
 * somebody asked for it.
 */
final class QuietLogging {

	private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

	private static final List<String> LOGGERS = List.of("org.elasticmq", "org.apache.pekko");

	private QuietLogging() {
	}

	/**
	 * Quieten what starts with the broker, where no level was set.
	 */
	static void apply() {
		LOGGERS.forEach((name) -> apply(name, false));
	}

	/**
	 * Quieten everything, for a process that is the broker and nothing else.
	 */
	static void applyToProcess() {
		apply(Logger.ROOT_LOGGER_NAME, true);
	}

	private static void apply(String name, boolean always) {
		ILoggerFactory factory = LoggerFactory.getILoggerFactory();
		if (LOGBACK.equals(factory.getClass().getName())) {
			Logback.quieten(factory, name, always);
		}
	}

	// Apart, so that Logback may be missing.
	private static final class Logback {

		static void quieten(ILoggerFactory factory, String name, boolean always) {
			ch.qos.logback.classic.Logger logger = ((LoggerContext) factory).getLogger(name);
			if (always || logger.getLevel() == null) {
				logger.setLevel(Level.WARN);
			}
		}

	}

}
