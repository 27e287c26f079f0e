package io.pubsub.autoconfigure.test;

import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Resets the {@link PubSubTester} before each test method, and so before anything that
 * the test itself does there.
 */
final class ResetExtension implements BeforeEachCallback {

	@Override
	public void beforeEach(ExtensionContext context) {
		SpringExtension.getApplicationContext(context).getBean(PubSubTester.class).reset();
	}

}
