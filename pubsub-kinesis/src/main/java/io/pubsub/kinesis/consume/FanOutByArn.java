package io.pubsub.kinesis.consume;

import java.util.concurrent.CompletableFuture;

import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamConsumerRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamConsumerResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerRequest;
import software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerResponse;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConsumerRegistration;

/**
 * Enhanced fan-out of the stream that an ARN names. Left to itself, the library registers
 * its consumer with the stream of the same name in the account of the credentials, and
 * would read that one instead.
 */
final class FanOutByArn extends FanOutConfig {

	private final String arn;

	FanOutByArn(KinesisAsyncClient kinesis, String arn) {
		super(kinesis);
		this.arn = arn;
	}

	@Override
	protected FanOutConsumerRegistration createConsumerRegistration(KinesisAsyncClient client, String stream,
			String consumer) {
		return super.createConsumerRegistration(new Registration(client, this.arn), stream, consumer);
	}

	/**
	 * A client for the calls of a registration, which asks for the stream by its ARN.
	 *
	 * @param client the client that the calls are made with
	 * @param arn the ARN
	 */
	private record Registration(KinesisAsyncClient client, String arn) implements KinesisAsyncClient {

		@Override
		public CompletableFuture<DescribeStreamSummaryResponse> describeStreamSummary(
				DescribeStreamSummaryRequest request) {
			return this.client.describeStreamSummary(request.toBuilder().streamName(null).streamARN(this.arn).build());
		}

		@Override
		public CompletableFuture<DescribeStreamConsumerResponse> describeStreamConsumer(
				DescribeStreamConsumerRequest request) {
			return this.client.describeStreamConsumer(request);
		}

		@Override
		public CompletableFuture<RegisterStreamConsumerResponse> registerStreamConsumer(
				RegisterStreamConsumerRequest request) {
			return this.client.registerStreamConsumer(request);
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

}
