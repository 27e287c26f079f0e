package io.pubsub.autoconfigure.local;

import java.util.Map;

import io.pubsub.Handles;
import io.pubsub.autoconfigure.scan.ScannedMessage;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;

/**
 * A service on the embedded broker.
 */
@EnableAutoConfiguration
public class FailingService {

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(FailingService.class);
		application.setDefaultProperties(Map.of("pubsub.local.enabled", "true", "pubsub.organization", "example"));
		application.run(args);
	}

	@Handles
	void on(ScannedMessage message) {
	}

	@Bean
	@ConditionalOnProperty(name = "fail", havingValue = "bean")
	SmartInitializingSingleton failingBean() {
		return () -> {
			throw new IllegalStateException("a bean fails");
		};
	}

	@Bean
	@ConditionalOnProperty(name = "fail", havingValue = "lifecycle")
	SmartLifecycle failingLifecycle() {
		return new FailingLifecycle();
	}

	/**
	 * Starts after everything else.
	 */
	private static final class FailingLifecycle implements SmartLifecycle {

		@Override
		public void start() {
			throw new IllegalStateException("a lifecycle fails");
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

}
