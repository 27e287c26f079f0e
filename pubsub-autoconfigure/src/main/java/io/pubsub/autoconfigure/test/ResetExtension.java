package io.pubsub.autoconfigure.test;

import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Resets the {@link PubSubTester} before each test method, and so before anything that
 * the test itself does there. A daemon that the last one has paused or halted is resumed.
 */
final class ResetExtension implements BeforeEachCallback {

	@Override
	public void beforeEach(ExtensionContext context) {
		ApplicationContext application = SpringExtension.getApplicationContext(context);
		application.getBean(PubSubTester.class).reset();
		application.getBeanProvider(ConsumerDaemon.class).ifAvailable(ConsumerDaemon::resume);
	}

}
