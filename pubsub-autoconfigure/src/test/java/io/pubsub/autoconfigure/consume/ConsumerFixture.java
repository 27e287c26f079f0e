package io.pubsub.autoconfigure.consume;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.Handles;
import io.pubsub.Outcome;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Source;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

/**
 * Contexts with what consumes, and the queue that it may consume.
 */
final class ConsumerFixture {

	static final String GOOD = """
			{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "hello"}""";

	final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	final Outcomes outcomes = new Outcomes();

	final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubSqsAutoConfiguration.class, PubSubConsumerAutoConfiguration.class))
		.withBean(OutcomeListener.class, () -> this.outcomes)
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.drain=1s");

	final ApplicationContextRunner withSource = this.contextRunner.withBean(Source.class, this.queue::source);

	static class ScannedHandler {

		@Handles
		void on(ScannedMessage message) {
		}

	}

	static final class Outcomes implements OutcomeListener {

		final List<DispatchResult> results = new CopyOnWriteArrayList<>();

		@Override
		public void onOutcome(DispatchResult result) {
			this.results.add(result);
		}

		List<String> kinds() {
			return this.results.stream().map((result) -> result.outcome().kind()).map(Outcome.Kind::name).toList();
		}

	}

}
