package io.pubsub.autoconfigure.local;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.autoconfigure.internal.InputAddress;
import org.apache.commons.logging.Log;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.log.LogMessage;
import org.springframework.util.ClassUtils;

/**
 * With {@code pubsub.local.enabled=true}, translates the configured queue and topics to
 * those of the embedded broker, and makes sure that nothing can reach the real AWS.
 */
final class LocalBrokerEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String LOCAL_BROKER = "io.pubsub.local.LocalBroker";

	// What points to another broker, as Spring Cloud AWS and the AWS SDK name it. A
	// profile or credentials do not: the clients of the embedded broker have their own.
	private static final List<String> ELSEWHERE = List.of("spring.cloud.aws.endpoint", "spring.cloud.aws.sqs.endpoint",
			"spring.cloud.aws.sns.endpoint", "spring.cloud.aws.s3.endpoint", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SQS",
			"AWS_ENDPOINT_URL_SNS", "AWS_ENDPOINT_URL_S3", "aws.endpointUrl", "aws.endpointUrlSqs",
			"aws.endpointUrlSns", "aws.endpointUrlS3");

	// A stop waits for the open receive. Here requests cost nothing, so it may be short.
	private static final Map<String, Object> DEFAULTS = Map.of("pubsub.consumer.poll-wait", "1s");

	private final Log log;

	LocalBrokerEnvironmentPostProcessor(DeferredLogFactory logs) {
		this.log = logs.getLog(LocalBrokerEnvironmentPostProcessor.class);
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.getProperty("pubsub.local.enabled", Boolean.class, false)) {
			if (!ClassUtils.isPresent(LOCAL_BROKER, application.getClassLoader())) {
				throw new LocalBrokerUnusableException(
						"pubsub.local.enabled is true, but the embedded broker is not on the class path",
						"Add the dependency io.pubsub:pubsub-local, or set pubsub.local.enabled=false.");
			}
			refuseToReachElsewhere(environment);
			Map<String, Object> overrides = overrides(environment);
			overrides.put(CommandLineProperties.LOCAL, "true");
			if (!environment.getProperty(CommandLineProperties.OWN_BROKER, Boolean.class, false)) {
				overrides.putAll(runningBroker(environment));
			}
			environment.getPropertySources().addFirst(new MapPropertySource("pubsubLocal", overrides));
			environment.getPropertySources().addLast(new MapPropertySource("pubsubLocalDefaults", DEFAULTS));
		}
	}

	// What ends with its command or its input works on the broker of the running service.
	private Map<String, Object> runningBroker(Environment environment) {
		String command = environment.getProperty(CommandLineProperties.COMMAND);
		if (command == null && !InputAddress.isInput(environment.getProperty("pubsub.source"))) {
			return Map.of();
		}
		RunningBroker broker = RunningBroker.find(environment);
		if (broker != null) {
			this.log.info(LogMessage.format("Using the local broker that is running: SQS at %s, SNS at %s, S3 at %s",
					broker.sqs(), broker.sns(), broker.s3()));
			return broker.properties();
		}
		if (command != null && !environment.getProperty(CommandLineProperties.OFFLINE, Boolean.class, false)) {
			throw new LocalBrokerUnusableException(
					"%s works on the local broker of %s, because pubsub.local.enabled is true, but none is running"
						.formatted(command, RunningBroker.serviceName(environment)),
					"Start the service: its broker is found by its spring.application.name, or at the ports"
							+ " pubsub.local.sqs-port, sns-port and s3-port. For AWS, add --pubsub.local.enabled=false.");
		}
		return Map.of();
	}

	private static void refuseToReachElsewhere(Environment environment) {
		Set<String> elsewhere = new TreeSet<>(Comparator.comparing(LocalBrokerEnvironmentPostProcessor::relaxed));
		ELSEWHERE.stream().filter((name) -> isSet(environment, name)).forEach(elsewhere::add);
		if (!elsewhere.isEmpty()) {
			throw new LocalBrokerUnusableException(
					"pubsub.local.enabled is true, but there is also the configuration of another broker: "
							+ String.join(", ", elsewhere),
					"Set pubsub.local.enabled=false to use that broker, or remove these settings to use the embedded one.");
		}
	}

	// AWS_ENDPOINT_URL in the environment may be aws.endpointUrl too: one is enough to
	// say.
	private static String relaxed(String name) {
		return name.toLowerCase(Locale.ROOT).replace(".", "").replace("_", "");
	}

	private static boolean isSet(Environment environment, String name) {
		String value = environment.getProperty(name);
		return value != null && !value.isBlank() && !value.equals("false");
	}

	private static Map<String, Object> overrides(Environment environment) {
		PubSubProperties properties = Objects
			.requireNonNull(Binder.get(environment).bindOrCreate("pubsub", PubSubProperties.class));
		return LocalTopology.of(properties).overrides();
	}

	// After the configuration files were read, which have what is to be translated.
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

}
