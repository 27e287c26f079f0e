package io.pubsub.sample.pipeline.clicks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.DefaultApplicationArguments;

/**
 * A server that stands in for AWS, such as that of moto, which knows neither regions nor
 * credentials, nor the binary protocol of Kinesis.
 */
public final class Emulator {

	private static final String ENDPOINT = "spring.cloud.aws.endpoint";

	private Emulator() {
	}

	/**
	 * Adds what the clients of AWS need for a server without TLS, if there is one.
	 * @param args the command line of the application
	 * @return the command line with region and credentials
	 */
	public static String[] prepare(String... args) {
		DefaultApplicationArguments options = new DefaultApplicationArguments(args);
		List<String> endpoints = options.getOptionValues(ENDPOINT);
		if (endpoints == null || endpoints.stream().noneMatch((endpoint) -> endpoint.startsWith("http://"))) {
			return args;
		}
		System.setProperty("aws.cborEnabled", "false");
		// Nobody else has leases there.
		return Stream.concat(Stream.of("--pubsub.kinesis.failover=2s",
				"--spring.cloud.aws.region.static=${AWS_REGION:us-east-1}",
				"--spring.cloud.aws.credentials.access-key=local", "--spring.cloud.aws.credentials.secret-key=local"),
				Arrays.stream(args))
			.toArray(String[]::new);
	}

}
