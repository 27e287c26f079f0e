package io.pubsub.kinesis.consume;

import java.time.Duration;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamConsumerRequest;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutRetrievalFactory;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SchedulerFactory} and {@link FanOutByArn}.
 */
class SchedulerFactoryTests {

	private static final String ARN = "arn:aws:kinesis:eu-central-1:210987654321:stream/orders";

	private final FakeStreamClient kinesis = new FakeStreamClient();

	@Test
	void pollsByDefault() {
		RetrievalConfig config = retrieval("kinesis:orders", (options) -> options.pollInterval(Duration.ofSeconds(3)));
		assertThat(config.retrievalSpecificConfig()).isInstanceOfSatisfying(PollingConfig.class, (polling) -> {
			assertThat(polling.streamName()).isEqualTo("orders");
			assertThat(polling.idleTimeBetweenReadsInMillis()).isEqualTo(3000);
		});
	}

	@Test
	void readsByFanOutAsAConsumerThatIsNamedAfterTheApplication() {
		RetrievalConfig config = retrieval("kinesis:orders", (options) -> options.fanOut(true));
		assertThat(config.retrievalSpecificConfig()).isInstanceOfSatisfying(FanOutConfig.class, (fanOut) -> {
			assertThat(fanOut.streamName()).isEqualTo("orders");
			assertThat(fanOut.applicationName()).isEqualTo("app");
			assertThat(fanOut.consumerArn()).isNull();
		});
		assertThat(config.retrievalFactory()).isInstanceOf(FanOutRetrievalFactory.class);
	}

	@Test
	void readsByFanOutFromTheStreamOfTheArn() throws Exception {
		RetrievalConfig config = retrieval("kinesis:" + ARN, (options) -> options.fanOut(true));
		FanOutByArn fanOut = (FanOutByArn) config.retrievalSpecificConfig();
		String consumer = fanOut.createConsumerRegistration(this.kinesis, fanOut.streamName(), fanOut.applicationName())
			.getOrCreateStreamConsumerArn();
		assertThat(consumer).isEqualTo(ARN + "/consumer/app:1");
		assertThat(this.kinesis.summaries()).isNotEmpty().allMatch((request) -> request.streamName() == null);
		assertThat(this.kinesis.described()).extracting(DescribeStreamConsumerRequest::streamARN).startsWith(ARN);
	}

	@Test
	void readsTheStreamOfTheArnAndPaysForNoMetrics() {
		RetrievalConfig config = retrieval("kinesis:" + ARN, (options) -> options);
		assertThat(config.streamTracker().streamConfigList().get(0).streamIdentifier().streamArnOptional())
			.hasValueSatisfying((arn) -> assertThat(arn).hasToString(ARN));
		assertThat(
				factory("kinesis:orders", (options) -> options).scheduler(() -> null).metricsConfig().metricsFactory())
			.isInstanceOf(NullMetricsFactory.class);
	}

	private RetrievalConfig retrieval(String stream, UnaryOperator<KinesisSourceOptions.Builder> options) {
		return factory(stream, options).scheduler(() -> null).retrievalConfig();
	}

	private SchedulerFactory factory(String stream, UnaryOperator<KinesisSourceOptions.Builder> options) {
		return new SchedulerFactory(this.kinesis, new ServerClients("http://127.0.0.1:1").dynamo(),
				options.apply(KinesisSourceOptions.builder(stream, "app")).build());
	}

}
