package io.pubsub.autoconfigure.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.aws.doctor.FactsReader;
import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link PubSubDoctorAutoConfiguration}.
 */
class PubSubDoctorAutoConfigurationTests {

	private static final String TOPIC = "pubsub.producer.topics.mappings[created.order]=";

	private final LocalBroker broker = LocalBroker.start();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubDoctorAutoConfiguration.class))
		.withBean(SqsAsyncClient.class, this::sqs)
		.withBean(SnsAsyncClient.class, this::sns)
		.withPropertyValues("pubsub.organization=example", "management.endpoints.web.exposure.include=pubsubdoctor");

	private static StaticCredentialsProvider credentials() {
		return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
	}

	private SqsAsyncClient sqs() {
		return sqs(this.broker.sqsEndpoint());
	}

	private static SqsAsyncClient sqs(URI endpoint) {
		return SqsAsyncClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(credentials())
			.build();
	}

	private SnsAsyncClient sns() {
		return SnsAsyncClient.builder()
			.endpointOverride(this.broker.snsEndpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(credentials())
			.build();
	}

	@AfterEach
	void stop() {
		this.broker.close();
	}

	@Test
	void findsNothingWhereNothingIsWrong() {
		this.broker.createQueue("orders", QueueOptions.defaults().withDeadLetterQueue("letters", 5));
		String topic = this.broker.createTopic("orders");
		this.broker.subscribe(topic, "orders", false, null);
		this.contextRunner.withPropertyValues(TOPIC + topic).run((context) -> {
			DoctorReport report = context.getBean(ServiceDoctor.class).examine(Duration.ofSeconds(20));
			assertThat(report.findings()).isEmpty();
			assertThat(report.exitCode()).isZero();
			assertThat(report.table()).contains("us-east-1", "nothing is wrong");
		});
	}

	@Test
	void endsTheStartWithAnErrorIfItIsTold() {
		this.contextRunner.withPropertyValues("pubsub.doctor.at-start=fail", missingTopic())
			.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(UnhealthyServiceException.class)
				.hasMessageContaining("topic-missing"));
	}

	@Test
	void onlyWarnsIfItIsTold() {
		this.contextRunner.withPropertyValues("pubsub.doctor.at-start=warn", missingTopic())
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void looksNotAtTheStartByDefault() {
		this.contextRunner.withPropertyValues(missingTopic())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DoctorAtStart.class));
	}

	@Test
	void neverEndsTheStartForWhatIsUnknown() {
		this.broker.close();
		this.contextRunner.withPropertyValues("pubsub.doctor.at-start=fail", missingTopic())
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void neverEndsTheStartForAFaultOfTheDoctor() {
		this.contextRunner.run((context) -> {
			ServiceDoctor doctor = new ServiceDoctor(context.getBean(ServiceSurvey.class), () -> {
				throw new IllegalStateException("expected");
			});
			DoctorAtStart atStart = new DoctorAtStart(doctor, DoctorProperties.AtStart.FAIL);
			atStart.start();
			assertThat(atStart.isRunning()).isTrue();
		});
	}

	@Test
	@Tag("faults")
	void takesAtMostFiveSecondsAtTheStart() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				SqsAsyncClient sqs = sqs(URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
			this.contextRunner.withPropertyValues(missingTopic()).run((context) -> {
				ServiceDoctor doctor = new ServiceDoctor(context.getBean(ServiceSurvey.class),
						() -> new FactsReader(sqs, null, () -> new CompletableFuture<>(), null, Clock.systemUTC()));
				long begin = System.nanoTime();
				new DoctorAtStart(doctor, DoctorProperties.AtStart.FAIL).start();
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
			});
		}
	}

	@Test
	void looksWhenTheActuatorIsAsked() {
		this.contextRunner.withPropertyValues(missingTopic())
			.run((context) -> assertThat(context.getBean(PubSubDoctorEndpoint.class).examine().findings())
				.extracting(DoctorReport.Entry::id, DoctorReport.Entry::severity)
				.containsExactly(tuple("topic-missing", "error")));
	}

	@Test
	void needsAClientOfSqs() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
					PubSubAutoConfiguration.class, PubSubDoctorAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ServiceDoctor.class));
	}

	@Test
	void worksWithoutActuatorAndMicrometer() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate", "io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ServiceDoctor.class));
	}

	private static String missingTopic() {
		return TOPIC + "arn:aws:sns:us-east-1:000000000000:missing";
	}

}
