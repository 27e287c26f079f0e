package io.pubsub.kinesis.consume;

import io.pubsub.kinesis.stream.StreamAddress;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.ProcessorConfig;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.RetrievalConfig;
import software.amazon.kinesis.retrieval.RetrievalSpecificConfig;
import software.amazon.kinesis.retrieval.fanout.FanOutConfig;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * Makes the schedulers of the Kinesis Client Library.
 *
 * @param kinesis the client of Kinesis
 * @param dynamo the client of DynamoDB, which keeps the leases
 * @param options the options
 */
record SchedulerFactory(KinesisAsyncClient kinesis, DynamoDbAsyncClient dynamo,
		KinesisSourceOptions options) implements StreamReader.Factory {

	// Only the leader hands out the leases of others that have died, and it may be the
	// one.
	private static final long LEADER_FAILOVERS = 3;

	// Also how long a shard waits at most until its lease is given up at a stop.
	private static final long DISPATCH_MILLIS = 500;

	@Override
	public StreamReader create(ShardRecordProcessorFactory processors) {
		return new SchedulerReader(scheduler(processors), this.options.failover().toNanos());
	}

	Scheduler scheduler(ShardRecordProcessorFactory processors) {
		SingleStreamTracker tracker = new SingleStreamTracker(identifier(), this.options.start().toLibrary());
		ConfigsBuilder configs = new ConfigsBuilder(tracker, this.options.application(), this.kinesis, this.dynamo,
				new NoCloudWatch(), this.options.worker(), processors);
		CoordinatorConfig coordinator = configs.coordinatorConfig()
			.shardConsumerDispatchPollIntervalMillis(DISPATCH_MILLIS);
		long failover = this.options.failover().toMillis();
		LeaseManagementConfig leases = configs.leaseManagementConfig()
			.failoverTimeMillis(failover)
			.dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(failover)
			.dynamoDbLockBasedLeaderLeaseDurationInMillis(failover * LEADER_FAILOVERS);
		// What it counts would be paid for; ours is counted by Micrometer.
		MetricsConfig metrics = configs.metricsConfig().metricsFactory(new NullMetricsFactory());
		// The calls without records are the time to write checkpoints.
		ProcessorConfig processor = configs.processorConfig().callProcessRecordsEvenForEmptyRecordList(true);
		RetrievalConfig retrieval = configs.retrievalConfig().retrievalSpecificConfig(retrieval());
		return new Scheduler(configs.checkpointConfig(), coordinator, leases, configs.lifecycleConfig(), metrics,
				processor, retrieval);
	}

	private StreamIdentifier identifier() {
		StreamAddress stream = this.options.stream();
		return (stream.arn() != null) ? StreamIdentifier.singleStreamInstance(Arn.fromString(stream.arn()))
				: StreamIdentifier.singleStreamInstance(stream.name());
	}

	private RetrievalSpecificConfig retrieval() {
		StreamAddress stream = this.options.stream();
		if (!this.options.fanOut()) {
			return new PollingConfig(stream.name(), this.kinesis)
				.idleTimeBetweenReadsInMillis(this.options.pollInterval().toMillis());
		}
		String arn = stream.arn();
		FanOutConfig fanOut = (arn != null) ? new FanOutByArn(this.kinesis, arn) : new FanOutConfig(this.kinesis);
		return fanOut.streamName(stream.name()).applicationName(this.options.application());
	}

	/**
	 * A client that nothing is sent with.
	 */
	private static final class NoCloudWatch implements CloudWatchAsyncClient {

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

}
