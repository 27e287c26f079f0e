package io.pubsub.benchmarks.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.pubsub.local.LocalBroker;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Starts the contenders that live in an application context.
 */
public final class SpringContext {

	/**
	 * The property that has Spring Cloud AWS make its beans for S3, {@code false} unless
	 * it is given: few contenders use them.
	 */
	public static final String S3_ENABLED = "spring.cloud.aws.s3.enabled";

	private SpringContext() {
	}

	/**
	 * Start an application.
	 * @param application its class
	 * @param properties its properties
	 * @param beans the registration of the clients and of all else that comes from
	 * outside
	 * @return the context, started
	 */
	public static ConfigurableApplicationContext start(Class<?> application, Map<String, Object> properties,
			Consumer<GenericApplicationContext> beans) {
		SpringApplication spring = new SpringApplication(application);
		spring.setWebApplicationType(WebApplicationType.NONE);
		spring.setBannerMode(Banner.Mode.OFF);
		spring.setLogStartupInfo(false);
		spring.setDefaultProperties(Map.of("spring.cloud.aws.region.static", Clients.REGION,
				"spring.cloud.aws.credentials.access-key", LocalBroker.ACCESS_KEY_ID,
				"spring.cloud.aws.credentials.secret-key", LocalBroker.SECRET_ACCESS_KEY, S3_ENABLED, false));
		spring.addInitializers((context) -> beans.accept((GenericApplicationContext) context));
		List<String> arguments = new ArrayList<>(List.of("--spring.config.location=optional:classpath:/"));
		properties.forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
		return spring.run(arguments.toArray(String[]::new));
	}

}
