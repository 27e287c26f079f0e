package io.pubsub.autoconfigure.local;

import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import io.pubsub.local.LocalBroker;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Puts the address of the embedded broker into the properties from which Spring Cloud AWS
 * makes its clients of S3 and what signs URLs, for which it has no customizer.
 */
final class LocalS3Endpoint implements BeanPostProcessor {

	private final Environment environment;

	private final ObjectProvider<LocalBroker> broker;

	LocalS3Endpoint(Environment environment, ObjectProvider<LocalBroker> broker) {
		this.environment = environment;
		this.broker = broker;
	}

	@Override
	public @Nullable Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof S3Properties properties
				&& this.environment.getProperty("pubsub.local.enabled", Boolean.class, false)) {
			properties.setEndpoint(this.broker.getObject().s3Endpoint());
			properties.setPathStyleAccessEnabled(true);
		}
		return bean;
	}

}
