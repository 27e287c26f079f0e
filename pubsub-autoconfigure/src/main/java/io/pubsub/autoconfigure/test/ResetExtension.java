package io.pubsub.autoconfigure.test;

import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Resets the {@link PubSubTester} before each test method, and so before anything that
 * the test itself does there. A daemon that the last one has paused or halted is resumed,
 * and one that it has stopped is started.
 */
final class ResetExtension implements BeforeEachCallback {

	@Override
	public void beforeEach(ExtensionContext context) {
		ApplicationContext application = SpringExtension.getApplicationContext(context);
		application.getBean(PubSubTester.class).reset();
		application.getBeanProvider(Daemons.class)
			.ifAvailable((daemons) -> daemons.all()
				.stream()
				.filter(ManagedDaemon::autoStartup)
				.map(ManagedDaemon::daemon)
				.forEach(ResetExtension::run));
	}

	private static void run(ConsumerDaemon daemon) {
		daemon.start();
		daemon.resume();
	}

}
