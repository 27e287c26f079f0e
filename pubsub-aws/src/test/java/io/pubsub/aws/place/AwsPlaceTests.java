package io.pubsub.aws.place;

import java.net.URI;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClientBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AwsPlace}.
 */
class AwsPlaceTests {

	private static final String ARN = "arn:aws:sqs:us-west-2:123456789012:orders";

	@ParameterizedTest
	@CsvSource({ "sqs.us-west-2.amazonaws.com, us-west-2", "SQS.eu-west-1.amazonaws.com, eu-west-1",
			"sqs-fips.us-gov-west-1.amazonaws.com, us-gov-west-1", "sqs.eu-west-1.api.aws, eu-west-1",
			"sqs-fips.us-east-1.api.aws, us-east-1", "sqs.cn-north-1.amazonaws.com.cn, cn-north-1",
			"sqs.cn-north-1.api.amazonwebservices.com.cn, cn-north-1", "eu-west-1.queue.amazonaws.com, eu-west-1",
			"queue.amazonaws.com, us-east-1", "vpce-0a1b-c2d3.sqs.eu-west-1.vpce.amazonaws.com, eu-west-1",
			"vpce-0a1b-c2d3-cn-north-1a.sqs.cn-north-1.vpce.amazonaws.com.cn, cn-north-1" })
	void readsTheRegionInAHostOfSqs(String host, String region) {
		assertThat(AwsPlace.ofQueueUrl("url", host).region()).isEqualTo(region);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "127.0.0.1", "sqs.us-east-1.localhost",
			"sqs.us-east-1.localhost.localstack.cloud", "us-east-1.queue.localhost.localstack.cloud", "fauxqs" })
	void knowsNoRegionOfAnEmulator(String host) {
		assertThat(AwsPlace.ofQueueUrl("url", host).region()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sns.eu-west-1.amazonaws.com", "sqs.amazonaws.com", "example.s3.amazonaws.com" })
	void refusesAnotherHostOfAws(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> AwsPlace.ofQueueUrl("https://" + host + "/x", host))
			.withMessageStartingWith("the host of the URL https://" + host + "/x is not one of SQS: it must be sqs.");
	}

	@Test
	void takesAClientOfTheSameRegion() {
		check(AwsPlace.ofArn(ARN), (client) -> client.region(Region.US_WEST_2));
	}

	@Test
	void refusesAClientOfAnotherRegion() {
		assertThatExceptionOfType(WrongPlaceException.class)
			.isThrownBy(() -> check(AwsPlace.ofArn(ARN), (client) -> client.region(Region.EU_WEST_1)))
			.withMessage(ARN + " is in the region us-west-2, but the client asks eu-west-1")
			.returns("sqs", WrongPlaceException::service)
			.returns("us-west-2", WrongPlaceException::region);
	}

	@Test
	void takesAClientThatDoesNotSayWhereItAsks() {
		AwsClient silent = new SilentClient();
		AwsPlace.ofArn(ARN).checkFor(silent);
		assertThat(AwsPlace.configurationOf(silent)).isEmpty();
	}

	@Test
	void takesAnyClientThatHasAnEndpointOfItsOwn() {
		check(AwsPlace.ofArn(ARN),
				(client) -> client.region(Region.EU_WEST_1).endpointOverride(URI.create("http://localhost:4566")));
	}

	@Test
	void refusesAPartitionThatTheRegionIsNotIn() {
		String arn = "arn:aws:sqs:cn-north-1:123456789012:orders";
		assertThatIllegalArgumentException()
			.isThrownBy(() -> check(AwsPlace.ofArn(arn), (client) -> client.region(Region.CN_NORTH_1)))
			.withMessage(arn + " is in the partition aws, but the region cn-north-1 is in aws-cn: correct one of them");
	}

	@Test
	void refusesAnEmulatorWithoutAnEndpoint() {
		AwsPlace place = AwsPlace.ofQueueUrl("http://localhost:4566/000000000000/orders", "localhost");
		assertThatExceptionOfType(WrongPlaceException.class)
			.isThrownBy(() -> check(place, (client) -> client.region(Region.EU_WEST_1)))
			.withMessageStartingWith("http://localhost:4566/000000000000/orders is not of AWS, but AWS would be asked")
			.returns(null, WrongPlaceException::region);
	}

	private static void check(AwsPlace place, UnaryOperator<SqsAsyncClientBuilder> settings) {
		try (SqsAsyncClient client = settings
			.apply(SqsAsyncClient.builder().credentialsProvider(AnonymousCredentialsProvider.create()))
			.build()) {
			place.checkFor(client);
		}
	}

	/**
	 * A client that is not the SDK's own.
	 */
	private static final class SilentClient implements AwsClient {

		@Override
		public String serviceName() {
			return "sqs";
		}

		@Override
		public void close() {
		}

	}

}
