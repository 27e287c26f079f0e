package io.pubsub.kinesis.consume;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisServiceClientConfiguration;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamConsumerRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamConsumerResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;

/**
 * A {@link KinesisAsyncClient} that knows streams by their ARN, each with one active
 * consumer, and remembers what it was asked for.
 */
final class FakeStreamClient implements KinesisAsyncClient {

	private final List<DescribeStreamSummaryRequest> summaries = new CopyOnWriteArrayList<>();

	private final List<DescribeStreamConsumerRequest> described = new CopyOnWriteArrayList<>();

	@Override
	public CompletableFuture<DescribeStreamSummaryResponse> describeStreamSummary(
			DescribeStreamSummaryRequest request) {
		this.summaries.add(request);
		return CompletableFuture.completedFuture(DescribeStreamSummaryResponse.builder()
			.streamDescriptionSummary((summary) -> summary.streamARN(request.streamARN()))
			.build());
	}

	@Override
	public CompletableFuture<DescribeStreamConsumerResponse> describeStreamConsumer(
			DescribeStreamConsumerRequest request) {
		this.described.add(request);
		String arn = (request.consumerARN() != null) ? request.consumerARN()
				: "%s/consumer/%s:1".formatted(request.streamARN(), request.consumerName());
		return CompletableFuture.completedFuture(DescribeStreamConsumerResponse.builder()
			.consumerDescription((consumer) -> consumer.consumerARN(arn).consumerStatus(ConsumerStatus.ACTIVE))
			.build());
	}

	List<DescribeStreamSummaryRequest> summaries() {
		return this.summaries;
	}

	List<DescribeStreamConsumerRequest> described() {
		return this.described;
	}

	@Override
	public KinesisServiceClientConfiguration serviceClientConfiguration() {
		return KinesisServiceClientConfiguration.builder().region(Region.EU_CENTRAL_1).build();
	}

	@Override
	public String serviceName() {
		return SERVICE_NAME;
	}

	@Override
	public void close() {
	}

}
