package io.pubsub.autoconfigure.deadletter;

import java.security.Principal;
import java.util.List;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.deadletter.PubSubDeadLettersEndpoint.Action;
import io.pubsub.aws.deadletter.LetterContent;
import io.pubsub.aws.deadletter.Report;
import io.pubsub.local.LocalBroker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubDeadLetterAutoConfiguration} and
 * {@link PubSubDeadLettersEndpoint}.
 */
class PubSubDeadLetterAutoConfigurationTests {

	private static final SecurityContext NOBODY = new SecurityContext() {

		@Override
		public @Nullable Principal getPrincipal() {
			return null;
		}

		@Override
		public boolean isUserInRole(String role) {
			return false;
		}

	};

	// A client takes two seconds to close its own.
	private static final SdkAsyncHttpClient http = NettyNioAsyncHttpClient.create();

	private static final LocalBroker broker = LocalBroker.start();

	private final String letters = "letters-" + System.identityHashCode(this);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubDeadLetterAutoConfiguration.class))
		.withBean(SqsAsyncClient.class, this::sqs)
		.withPropertyValues("pubsub.dead-letter.destination=" + this.letters,
				"management.endpoints.web.exposure.include=pubsubdeadletters");

	private SqsAsyncClient sqs() {
		return SqsAsyncClient.builder()
			.httpClient(http)
			.endpointOverride(broker.sqsEndpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY)))
			.build();
	}

	@AfterAll
	static void stop() {
		broker.close();
		http.close();
	}

	private void withLetter(ApplicationContextRunner runner, Check check) {
		broker.createQueue(this.letters);
		ContextConsumer<ApplicationContext> consumer = (context) -> check.check(
				context.getBean(PubSubDeadLettersEndpoint.class),
				context.getBean(SqsAsyncClient.class)
					.sendMessage((request) -> request.queueUrl(broker.queueUrl(this.letters)).messageBody("secret"))
					.join()
					.messageId());
		runner.run(consumer::accept);
	}

	@Test
	void tellsTheQueuesWithoutALook() {
		withLetter(this.contextRunner,
				(endpoint, id) -> assertThat(endpoint.queues().getBody())
					.isEqualTo(new PubSubDeadLettersEndpoint.Queues(false, false,
							List.of(new PubSubDeadLettersEndpoint.Queue(this.letters, 1, 0)))));
	}

	@Test
	void listsAndShowsWithoutContent() {
		withLetter(this.contextRunner, (endpoint, id) -> {
			assertThat(endpoint.list(this.letters, null).getBody()).isInstanceOfSatisfying(ListingView.class,
					(listing) -> assertThat(listing.seen()).isOne());
			assertThat(endpoint.show(this.letters, id, null).getBody()).asString()
				.contains(id)
				.doesNotContain("secret");
			assertThat(endpoint.show(this.letters, id, true).getStatus()).isEqualTo(403);
			assertThat(endpoint.show(this.letters, "unknown", null).getStatus()).isEqualTo(404);
		});
	}

	@Test
	void showsTheContentIfItIsTold() {
		withLetter(this.contextRunner.withPropertyValues("pubsub.workbench.show-content=true"),
				(endpoint, id) -> assertThat(endpoint.show(this.letters, id, true).getBody()).isInstanceOfSatisfying(
						LetterContent.class, (letter) -> assertThat(letter.body()).isEqualTo("secret")));
	}

	@Test
	void onlyLooksByDefault() {
		withLetter(this.contextRunner, (endpoint, id) -> {
			assertThat(work(endpoint, Action.DISCARD, null, true).getStatus()).isEqualTo(403);
			assertThat(work(endpoint, Action.REPLAY, null, true).getStatus()).isEqualTo(403);
			assertThat(work(endpoint, Action.DRY_RUN, null, null).getBody()).isInstanceOfSatisfying(ListingView.class,
					(listing) -> assertThat(listing.letters()).hasSize(1));
		});
	}

	@Test
	void worksIfItIsTold() {
		withLetter(this.contextRunner.withPropertyValues("pubsub.workbench.write-enabled=true"), (endpoint, id) -> {
			assertThat(work(endpoint, Action.DISCARD, null, null).getStatus()).isEqualTo(400);
			assertThat(work(endpoint, Action.DISCARD, " , ", null).getStatus()).isEqualTo(400);
			assertThat(endpoint
				.work(this.letters, Action.DISCARD, NOBODY, null, null, null, null, null, "soon", null, null, null,
						null, null)
				.getStatus()).isEqualTo(400);
			assertThat(work(endpoint, Action.DISCARD, id, null).getBody()).isInstanceOfSatisfying(Report.class,
					(report) -> assertThat(report.done()).isOne());
		});
	}

	@Test
	void opensNoQueueOfOthers() {
		withLetter(this.contextRunner, (endpoint, id) -> {
			assertThat(endpoint.list("orders", null).getStatus()).isEqualTo(404);
			assertThat(endpoint.list("orders", null).getBody()).asString().contains("it has [" + this.letters + "]");
		});
	}

	@Test
	void tellsWhatFails() {
		this.contextRunner.run((context) -> {
			WebEndpointResponse<Object> response = context.getBean(PubSubDeadLettersEndpoint.class).queues();
			assertThat(response.getStatus()).isEqualTo(500);
			assertThat(response.getBody()).asString().contains("the queue \"" + this.letters + "\" does not exist");
		});
	}

	@Test
	void worksWithoutActuator() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(DeadLetterWorkbench.class));
	}

	@Test
	void needsAClientOfSqs() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
					PubSubAutoConfiguration.class, PubSubDeadLetterAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DeadLetterWorkbench.class));
	}

	private WebEndpointResponse<Object> work(PubSubDeadLettersEndpoint endpoint, Action action, @Nullable String ids,
			@Nullable Boolean all) {
		return endpoint.work(this.letters, action, NOBODY, ids, null, null, null, null, null, null, null, all, null,
				null);
	}

	/**
	 * Looks at the endpoint while there is a letter.
	 */
	@FunctionalInterface
	private interface Check {

		void check(PubSubDeadLettersEndpoint endpoint, String id);

	}

}
