package io.pubsub.aws.place;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Where a queue or a topic is, as its address says. A client asks only the region that it
 * was made for, whatever an ARN or a URL names: there, it could find another queue of the
 * same name.
 *
 * @param address the ARN or the URL
 * @param partition the partition, such as {@code aws-cn}; {@code null} if the address
 * does not say
 * @param region the region; {@code null} if the address is not of AWS, but of an emulator
 * or a proxy
 * @since 0.1.0
 */
public record AwsPlace(String address, @Nullable String partition, @Nullable String region) {

	private static final String REGION = "[a-z]{2,4}(?:-[a-z]+)+-\\d+";

	private static final String DOMAIN = "(?:amazonaws\\.com|amazonaws\\.com\\.cn|amazonaws\\.eu|api\\.aws"
			+ "|api\\.amazonwebservices\\.com\\.cn|api\\.amazonwebservices\\.eu|c2s\\.ic\\.gov|sc2s\\.sgov\\.gov"
			+ "|csp\\.hci\\.ic\\.gov|cloud\\.adc-e\\.uk)";

	private static final Pattern OF_AWS = Pattern.compile("(?:.+\\.)?" + DOMAIN);

	private static final Pattern QUEUE_HOST = Pattern
		.compile("(?:vpce-[a-z0-9-]+\\.)?sqs(?:-fips)?\\.(?<region>" + REGION + ")\\.(?:vpce\\.)?" + DOMAIN
				+ "|(?<legacy>" + REGION + ")\\.queue\\." + DOMAIN + "|queue\\.amazonaws\\.com");

	/**
	 * Reads the ARN of a queue or a topic.
	 * @param arn the ARN, with all of its parts
	 * @return the place
	 */
	public static AwsPlace ofArn(String arn) {
		String[] parts = arn.split(":", -1);
		return new AwsPlace(arn, parts[1], parts[3]);
	}

	/**
	 * Reads the URL of a queue.
	 * @param url the URL
	 * @param host its host, without the port
	 * @return the place
	 * @throws IllegalArgumentException if the host is one of AWS, but not of SQS
	 */
	public static AwsPlace ofQueueUrl(String url, String host) {
		String name = host.toLowerCase(Locale.ROOT);
		Matcher queueHost = QUEUE_HOST.matcher(name);
		if (queueHost.matches()) {
			return new AwsPlace(url, null, region(queueHost));
		}
		if (OF_AWS.matcher(name).matches()) {
			throw new IllegalArgumentException("the host of the URL %s is not one of SQS".formatted(url)
					+ ": it must be sqs.<region>.amazonaws.com, that of a FIPS, dual-stack or VPC endpoint, or"
					+ " <region>.queue.amazonaws.com");
		}
		return new AwsPlace(url, null, null);
	}

	private static String region(Matcher queueHost) {
		String region = queueHost.group("region");
		String found = (region != null) ? region : queueHost.group("legacy");
		return (found != null) ? found : Region.US_EAST_1.id();
	}

	/**
	 * The configuration of a client, with its region and its endpoint.
	 * @param client the client
	 * @return the configuration; empty if the client is not the SDK's own, and does not
	 * say
	 */
	public static Optional<AwsServiceClientConfiguration> configurationOf(AwsClient client) {
		try {
			return Optional.ofNullable(client.serviceClientConfiguration());
		}
		catch (UnsupportedOperationException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Refuses a client that asks elsewhere. One with an endpoint of its own, such as that
	 * of an emulator, may ask for anything, and so may one that does not say where it
	 * asks.
	 * @param client the client
	 * @throws WrongPlaceException if the client asks another region, or AWS for an
	 * address that is not of AWS
	 * @throws IllegalArgumentException if the region is not of the partition
	 */
	public void checkFor(AwsClient client) {
		AwsServiceClientConfiguration configuration = configurationOf(client).orElse(null);
		if (configuration == null || configuration.endpointOverride().isPresent()) {
			return;
		}
		String service = client.serviceName();
		if (this.region == null) {
			throw new WrongPlaceException(service, null,
					("%s is not of AWS, but AWS would be asked, as the client has no endpoint of its own; an address of AWS"
							+ " is https://sqs.%s.amazonaws.com/123456789012/orders, for example")
						.formatted(this.address, configuration.region()));
		}
		checkPartition(this.region);
		if (!this.region.equals(configuration.region().id())) {
			throw new WrongPlaceException(service, this.region, "%s is in the region %s, but the client asks %s"
				.formatted(this.address, this.region, configuration.region()));
		}
	}

	private void checkPartition(String region) {
		String expected = PartitionMetadata.of(Region.of(region)).id();
		if (this.partition != null && !this.partition.equals(expected)) {
			throw new IllegalArgumentException(
					"%s is in the partition %s, but the region %s is in %s: correct one of them".formatted(this.address,
							this.partition, region, expected));
		}
	}

}
