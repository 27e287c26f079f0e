package io.pubsub.aws.doctor;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.pubsub.aws.topology.ServiceFacts.OddSchemas;
import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sts.StsAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The faults that no broker but AWS has, planted in the answers of AWS, and the findings
 * that tell of them.
 */
class PlantedAnswersTests {

	private static final LocalBroker broker = LocalBroker.start();

	private static final String ROLE = "arn:aws:sts::123456789012:assumed-role/orders/i-1";

	private static final String KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

	private static final String ELSEWHERE = "arn:aws:sqs:us-east-1:123456789012:orders";

	private static final ExecutionInterceptor NONE = new ExecutionInterceptor() {
	};

	private static String topic = "";

	@BeforeAll
	static void provision() {
		broker.createQueue("orders", QueueOptions.defaults().withDeadLetterQueue("orders-letters", 5));
		topic = broker.createTopic("orders");
		broker.subscribe(topic, "orders", false, null);
	}

	@AfterAll
	static void stop() {
		broker.close();
	}

	@ParameterizedTest
	@MethodSource("actions")
	void namesTheActionThatIsDenied(String action, String resource, ExecutionInterceptor sqs,
			ExecutionInterceptor sns) {
		assertThat(Doctor.examine(facts(sqs, sns, null, null))).extracting(Finding::id, Finding::severity)
			.containsExactly(tuple("permission", Severity.UNKNOWN));
		assertThat(Doctor.examine(facts(sqs, sns, null, null))).singleElement().satisfies((finding) -> {
			assertThat(finding.seen()).startsWith(action + " is not allowed on ").contains("orders");
			assertThat(finding.mend()).isEqualTo("aws iam put-role-policy --role-name orders --policy-name %s-orders"
				.formatted(action.replace(':', '-'))
					+ " --policy-document '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}]}'"
						.formatted(action, resource));
		});
	}

	static Stream<Arguments> actions() {
		String queue = "arn:aws:sqs:us-east-1:*:orders";
		return Stream.of(Arguments.of("sqs:GetQueueUrl", queue, denied(GetQueueUrlRequest.class), NONE),
				Arguments.of("sqs:GetQueueAttributes", queue, denied(GetQueueAttributesRequest.class), NONE),
				Arguments.of("sqs:ReceiveMessage", queue, denied(ReceiveMessageRequest.class), NONE),
				Arguments.of("sqs:DeleteMessage", queue, denied(DeleteMessageRequest.class), NONE),
				Arguments.of("sqs:ChangeMessageVisibility", queue, denied(ChangeMessageVisibilityRequest.class), NONE),
				Arguments.of("sns:GetTopicAttributes", "arn:aws:sns:us-east-1:000000000000:orders", NONE,
						PlantedAnswer.xml(GetTopicAttributesRequest.class, 403, "AuthorizationError",
								"User: " + ROLE + " is not authorized to perform: SNS:GetTopicAttributes")),
				Arguments.of("sns:ListSubscriptionsByTopic", "arn:aws:sns:us-east-1:000000000000:orders", NONE,
						PlantedAnswer.xml(ListSubscriptionsByTopicRequest.class, 403, "AuthorizationError",
								"User: " + ROLE + " is not authorized to perform: SNS:ListSubscriptionsByTopic")));
	}

	private static PlantedAnswer denied(Class<? extends SdkRequest> request) {
		return PlantedAnswer.json(request, 400, "AccessDenied",
				"User: " + ROLE + " is not authorized to perform: sqs:x on resource: arn:aws:sqs:us-east-1:123:orders");
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource({ "credentials", "attributes" })
	void findsWhatIsPlantedInAnAnswer(String fault, String ids, ExecutionInterceptor sqs, ExecutionInterceptor sns) {
		assertThat(Doctor.examine(facts(sqs, sns, null, null))).extracting(Finding::id)
			.containsExactlyInAnyOrder(ids.split(" "));
	}

	static Stream<Arguments> credentials() {
		return Stream.of(
				Arguments.of("the credentials are expired", "credentials",
						PlantedAnswer.json(GetQueueUrlRequest.class, 403, "ExpiredTokenException",
								"The security token included in the request is expired"),
						NONE),
				Arguments.of("the credentials are of nobody", "credentials",
						PlantedAnswer.json(GetQueueUrlRequest.class, 403, "InvalidClientTokenId",
								"The security token included in the request is invalid."),
						NONE),
				Arguments.of("the clock is an hour off", "clock-skew", new PlantedDate("Sat, 28 Nov 2026 00:00:00 GMT"),
						NONE),
				Arguments.of("the service is out of order", "no-answer",
						PlantedAnswer.json(GetQueueUrlRequest.class, 500, "InternalFailure", "internal"), NONE));
	}

	static Stream<Arguments> attributes() {
		return Stream.of(queue("the key is that of AWS", "encryption-key", "KmsMasterKeyId", "alias/aws/sqs"),
				queue("nobody knows the key", "encryption-policy", "KmsMasterKeyId", "alias/orders"),
				queue("the queue takes less than the topic", "queue-size", "MaximumMessageSize", "1024"),
				queue("too many messages are in flight", "in-flight-limit", "ApproximateNumberOfMessagesNotVisible",
						"119000"),
				queue("the queue for dead letters is FIFO", "redrive-kind redrive-target-missing", "RedrivePolicy",
						"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:letters.fifo\",\"maxReceiveCount\":5}"),
				queue("the policy has a condition of its own", "queue-policy", "Policy",
						"{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sqs:*\",\"Resource\":\"*\",\"Condition\":{\"DateLessThan\":{\"aws:CurrentTime\":\"2030-01-01T00:00:00Z\"}}}}"),
				queue("the queue is in another account", "topic-account subscription-missing", "QueueArn", ELSEWHERE),
				Arguments.of("dead letters are not kept for longer",
						"dead-letter-retention topic-account subscription-missing",
						new PlantedAttributes("orders(-letters)?",
								Map.of("QueueArn", ELSEWHERE, "MessageRetentionPeriod", "345600")),
						NONE),
				Arguments.of("the subscription is not confirmed", "subscription-pending", NONE,
						new PlantedAttributes("", Map.of())));
	}

	private static Arguments queue(String fault, String ids, String attribute, String value) {
		return Arguments.of(fault, ids, new PlantedAttributes("orders", Map.of(attribute, value)), NONE);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("services")
	void findsWhatIsPlantedInTheService(String fault, String id, Service service) {
		ExecutionInterceptor real = new PlantedAttributes("orders", Map.of("QueueArn", ELSEWHERE));
		try (SqsAsyncClient sqs = Clients.sqs(broker.sqsEndpoint(), real)) {
			Facts facts = new FactsReader(sqs, null, null, null, Clock.systemUTC()).read(service.on(topic),
					Duration.ofSeconds(20));
			assertThat(Doctor.examine(facts)).extracting(Finding::id).containsExactlyInAnyOrder("topic-account", id);
		}
	}

	static Stream<Arguments> services() {
		Service service = Service.consuming("orders").withLetters(null);
		return Stream.of(
				Arguments.of("a receive waits for a second", "short-polling", service.polling(Duration.ofSeconds(1))),
				Arguments.of("a schema is left over", "schema-unused",
						service.with(new OddSchemas(Map.of(Service.OTHER, "example.Other"), Map.of(), Map.of()))),
				Arguments.of("a handler has no schema", "handler-without-schema",
						service.with(new OddSchemas(Map.of(), Map.of("handler", "example.Other"), Map.of()))),
				Arguments.of("a message of a FIFO topic has no group", "group-undeclared",
						service.with(new OddSchemas(Map.of(), Map.of(), Map.of(Service.ORDER, "example.Order")))));
	}

	@Test
	void looksAtThePolicyOfAKey() {
		Map<String, String> answers = Map.of("DescribeKey",
				"{\"KeyMetadata\":{\"KeyId\":\"1234abcd\",\"Arn\":\"%s\"}}".formatted(KEY), "GetKeyPolicy",
				"{\"Policy\":\"{\\\"Statement\\\":[]}\",\"PolicyName\":\"default\"}");
		assertThat(encrypted(200, answers)).singleElement().satisfies((finding) -> {
			assertThat(finding.id()).isEqualTo("encryption-policy");
			assertThat(finding.severity()).isEqualTo(Severity.ERROR);
			assertThat(finding.mend()).startsWith("aws kms put-key-policy --key-id " + KEY)
				.contains("[\"kms:Decrypt\",\"kms:GenerateDataKey\"]", topic)
				.endsWith(" --region us-east-1");
		});
	}

	@Test
	void isContentWithAKeyThatSnsMayUse() {
		Map<String, String> answers = Map.of("DescribeKey",
				"{\"KeyMetadata\":{\"KeyId\":\"1234abcd\",\"Arn\":\"%s\"}}".formatted(KEY), "GetKeyPolicy",
				"{\"Policy\":\"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":{\\\"Service\\\":\\\"sns.amazonaws.com\\\"},\\\"Action\\\":[\\\"kms:Decrypt\\\",\\\"kms:GenerateDataKey*\\\"],\\\"Resource\\\":\\\"*\\\"}]}\",\"PolicyName\":\"default\"}");
		assertThat(encrypted(200, answers)).isEmpty();
	}

	@Test
	void doesNotKnowAKeyThatItMayNotLookAt() {
		Map<String, String> answers = Map.of("DescribeKey",
				"{\"__type\":\"AccessDeniedException\",\"message\":\"User: %s is not authorized to perform: kms:DescribeKey\"}"
					.formatted(ROLE));
		assertThat(encrypted(400, answers)).extracting(Finding::id, Finding::severity)
			.containsExactly(tuple("permission", Severity.UNKNOWN));
	}

	private static List<Finding> encrypted(int status, Map<String, String> answers) {
		try (KmsKeyPolicies keys = new KmsKeyPolicies(Clients.configure(KmsAsyncClient.builder(), NONE)
			.httpClient(new CannedHttpClient(status, answers))
			.build())) {
			return Doctor.examine(
					facts(new PlantedAttributes("orders", Map.of("KmsMasterKeyId", "alias/orders")), NONE, null, keys));
		}
	}

	@Test
	void knowsWhoAsks() {
		String answer = "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>%s</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>"
			.formatted(ROLE);
		try (StsCaller caller = new StsCaller(Clients.configure(StsAsyncClient.builder(), NONE)
			.httpClient(new CannedHttpClient(200, Map.of("", answer)))
			.build())) {
			assertThat(facts(NONE, NONE, caller, null).place().caller()).isEqualTo(ROLE);
		}
	}

	@Test
	void doesNotNeedToKnowWhoAsks() {
		Caller nobody = () -> CompletableFuture.failedFuture(new IllegalStateException("STS cannot be reached"));
		assertThat(Doctor.examine(facts(NONE, NONE, nobody, null))).isEmpty();
	}

	@Test
	void findsThatThereAreNoCredentials() {
		try (SqsAsyncClient sqs = SqsAsyncClient.builder()
			.endpointOverride(broker.sqsEndpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(SystemPropertyCredentialsProvider.create())
			.build()) {
			assertThat(Doctor.examine(read(sqs, null, null, null, "orders", 20_000))).extracting(Finding::id)
				.containsExactly("credentials");
		}
	}

	@Test
	void findsThatTheQueueIsInAnotherRegion() {
		try (SqsAsyncClient sqs = Clients.configure(SqsAsyncClient.builder(), NONE).build()) {
			assertThat(Doctor.examine(
					read(sqs, null, null, null, "https://sqs.eu-west-1.amazonaws.com/123456789012/orders", 20_000)))
				.extracting(Finding::id, Finding::mend)
				.contains(tuple("place",
						"the.region=eu-west-1    # in the configuration of the service, if that address is right"));
		}
	}

	@Test
	void isBoundByItsDeadlineAtASilentBroker() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				SqsAsyncClient sqs = Clients.sqs(URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
			assertThat(Doctor.examine(read(sqs, null, null, null, "orders", 300))).isNotEmpty()
				.allSatisfy((finding) -> assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN));
		}
	}

	@Test
	void isBoundByItsDeadlineWhileCredentialsAreLookedFor() {
		CompletableFuture<Boolean> end = new CompletableFuture<>();
		AwsCredentialsProvider slow = () -> {
			end.join();
			throw new IllegalStateException("the test is over");
		};
		try (SqsAsyncClient sqs = SqsAsyncClient.builder()
			.endpointOverride(broker.sqsEndpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(slow)
			.build()) {
			assertThat(Doctor.examine(read(sqs, null, null, null, "orders", 300)))
				.allSatisfy((finding) -> assertThat(finding.severity()).isEqualTo(Severity.UNKNOWN));
			end.complete(true);
		}
	}

	private static Facts facts(ExecutionInterceptor sqs, ExecutionInterceptor sns, @Nullable Caller caller,
			@Nullable KeyPolicies keys) {
		try (SqsAsyncClient queues = Clients.sqs(broker.sqsEndpoint(), sqs);
				SnsAsyncClient topics = Clients.sns(broker.snsEndpoint(), sns)) {
			return read(queues, topics, caller, keys, "orders", 20_000);
		}
	}

	private static Facts read(SqsAsyncClient sqs, @Nullable SnsAsyncClient sns, @Nullable Caller caller,
			@Nullable KeyPolicies keys, String queue, int millis) {
		return new FactsReader(sqs, sns, caller, keys, Clock.systemUTC())
			.read(Service.consuming(queue).withLetters(null).on(topic), Duration.ofMillis(millis));
	}

}
