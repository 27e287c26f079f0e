package io.pubsub.kinesis.consume;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.google.common.primitives.Bytes;
import com.google.protobuf.ByteString;
import io.pubsub.MediaType;
import io.pubsub.kinesis.publish.KinesisDestination;
import io.pubsub.kinesis.stream.StreamNotFoundException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;
import software.amazon.kinesis.retrieval.kpl.Messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KinesisSource} with the Kinesis Client Library, on a server that
 * stands in for AWS, in processes that are killed.
 */
@Tag("faults")
@EnabledIfSystemProperty(named = KinesisServerTests.ENDPOINT, matches = "http://127\\.0\\.0\\.1:\\d+")
class KinesisServerTests {

	static final String ENDPOINT = "pubsub.test.kinesis.endpoint";

	private static final int SHARDS = 4;

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final String endpoint = System.getProperty(ENDPOINT, "");

	private final ServerClients clients = new ServerClients(this.endpoint);

	private final String stream = "clicks-" + UUID.randomUUID();

	private final List<String> sent = new ArrayList<>();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	@Test
	void losesNothingWhileWorkersAreKilledStoppedAndAdded() throws Exception {
		createStream();
		publish(200);
		Map<String, BigInteger> checkpoints;
		try (WorkerProcess first = worker("first")) {
			awaitAll(first);
			publish(100);
			Awaitility.await().atMost(PATIENCE).until(() -> first.bodies().size() > 250);
			first.kill();
			checkpoints = checkpoints();
			publish(50);
		}
		try (WorkerProcess second = worker("second")) {
			awaitAll(new WorkerProcess[] { second }, readBefore("first"));
			assertComesAgainOnlyBehind(checkpoints, second);
			try (WorkerProcess third = worker("third")) {
				awaitShared(second, third);
				assertThat(second.stop()).isTrue();
				publish(50);
				awaitAll(new WorkerProcess[] { second, third }, readBefore("first"));
				assertThat(third.stop()).isTrue();
			}
		}
		goesOnWhereItStopped();
	}

	private void goesOnWhereItStopped() throws Exception {
		Map<String, BigInteger> checkpoints = checkpoints();
		publish(40);
		try (WorkerProcess last = worker("last")) {
			Set<String> fresh = new HashSet<>(this.sent.subList(this.sent.size() - 40, this.sent.size()));
			Awaitility.await().atMost(PATIENCE).until(() -> last.bodies().containsAll(fresh));
			assertThat(last.bodies()).as("after a stop, nothing comes again")
				.containsExactlyInAnyOrderElementsOf(fresh);
			assertComesAgainOnlyBehind(checkpoints, last);
		}
	}

	@Test
	void readsByEnhancedFanOutAndSubscribesAnew() throws Exception {
		createStream();
		PushingKinesis kinesis = new PushingKinesis(this.clients.kinesis(), this.stream);
		Set<String> handled = ConcurrentHashMap.newKeySet();
		publish(100);
		Subscription subscription = this.clients.source(kinesis, streamArn(), this.stream, Timekeeper.shared())
			.start((delivery) -> {
				handled.add(delivery.message().body());
				delivery.ack();
			});
		awaitAll(handled);
		int subscriptions = kinesis.subscriptions();
		Awaitility.await().atMost(PATIENCE).until(() -> kinesis.subscriptions() >= subscriptions + SHARDS);
		publish(100);
		publishAggregated(3);
		awaitAll(handled);
		subscription.stop(Duration.ofSeconds(5));
		assertThat(checkpoints().values()).doesNotContain(BigInteger.valueOf(-1));
	}

	private String streamArn() {
		return this.clients.kinesis()
			.describeStreamSummary((request) -> request.streamName(this.stream))
			.join()
			.streamDescriptionSummary()
			.streamARN();
	}

	private void awaitAll(Set<String> handled) {
		Awaitility.await().atMost(PATIENCE).until(() -> handled.containsAll(this.sent));
	}

	@Test
	void whenTheStreamDoesNotExistFailsAtTheStart() {
		KinesisSource source = this.clients.source(this.stream, "app", "worker", Timekeeper.shared());
		assertThatExceptionOfType(StreamNotFoundException.class).isThrownBy(() -> source.start((delivery) -> {
		})).withMessageContaining(this.stream);
	}

	private void createStream() {
		this.clients.kinesis().createStream((request) -> request.streamName(this.stream).shardCount(SHARDS)).join();
		Awaitility.await()
			.until(() -> this.clients.kinesis()
				.describeStreamSummary((request) -> request.streamName(this.stream))
				.join()
				.streamDescriptionSummary()
				.streamStatus() == StreamStatus.ACTIVE);
		createLeases();
	}

	// The library itself would first wait for others that might do so, for up to a
	// minute.
	private void createLeases() {
		this.clients.dynamo()
			.createTable((request) -> request.tableName(this.stream)
				.billingMode(BillingMode.PAY_PER_REQUEST)
				.attributeDefinitions(AttributeDefinition.builder()
					.attributeName("leaseKey")
					.attributeType(ScalarAttributeType.S)
					.build())
				.keySchema(KeySchemaElement.builder().attributeName("leaseKey").keyType(KeyType.HASH).build()))
			.join();
		for (software.amazon.awssdk.services.kinesis.model.Shard shard : this.clients.kinesis()
			.listShards((request) -> request.streamName(this.stream))
			.join()
			.shards()) {
			Lease lease = new Lease();
			lease.leaseKey(shard.shardId());
			lease.leaseCounter(0L);
			lease.checkpoint(ExtendedSequenceNumber.TRIM_HORIZON);
			lease.ownerSwitchesSinceCheckpoint(0L);
			lease.hashKeyRange(HashKeyRangeForLease.fromHashKeyRange(shard.hashKeyRange()));
			Map<String, AttributeValue> row = new DynamoDBLeaseSerializer().toDynamoRecord(lease);
			this.clients.dynamo().putItem((request) -> request.tableName(this.stream).item(row)).join();
		}
	}

	private void publish(int count) {
		List<OutboundMessage> messages = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String body = "click-" + this.sent.size();
			this.sent.add(body);
			messages.add(new OutboundMessage("kinesis:" + this.stream, new MediaType("text/plain"), body, Map.of(),
					"key-" + i % 20, null));
		}
		assertThat(new KinesisDestination(this.clients.kinesis()).publish(messages).join())
			.allMatch(PublishResult::isPublished);
	}

	// As the producer library does: one record with several in it.
	private void publishAggregated(int count) throws GeneralSecurityException {
		Messages.AggregatedRecord.Builder records = Messages.AggregatedRecord.newBuilder().addPartitionKeyTable("key");
		for (int i = 0; i < count; i++) {
			String body = "click-" + this.sent.size();
			this.sent.add(body);
			records.addRecords(
					Messages.Record.newBuilder().setPartitionKeyIndex(0).setData(ByteString.copyFromUtf8(body)));
		}
		byte[] content = records.build().toByteArray();
		SdkBytes data = SdkBytes.fromByteArray(Bytes.concat(AggregatorUtil.AGGREGATED_RECORD_MAGIC, content,
				MessageDigest.getInstance("MD5").digest(content)));
		this.clients.kinesis()
			.putRecord((request) -> request.streamName(this.stream).partitionKey("key").data(data))
			.join();
	}

	private WorkerProcess worker(String name) throws Exception {
		return new WorkerProcess(this.directory, this.endpoint, this.stream, name);
	}

	private Set<String> readBefore(String worker) throws Exception {
		Set<String> bodies = new HashSet<>();
		Files.readAllLines(this.directory.resolve(worker + ".log"))
			.stream()
			.filter((line) -> line.startsWith("shardId-"))
			.forEach((line) -> bodies.add(line.substring(line.indexOf(' ') + 1)));
		return bodies;
	}

	private void awaitAll(WorkerProcess worker) {
		awaitAll(new WorkerProcess[] { worker }, Set.of());
	}

	private void awaitAll(WorkerProcess[] workers, Set<String> before) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
			Set<String> handled = new HashSet<>(before);
			Stream.of(workers).forEach((worker) -> handled.addAll(worker.bodies()));
			return handled.containsAll(this.sent);
		});
	}

	// The leases are balanced some time after the second one has come.
	private void awaitShared(WorkerProcess one, WorkerProcess other) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
			publish(20);
			return !other.bodies().isEmpty();
		});
		int before = one.bodies().size();
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
			publish(20);
			return one.bodies().size() > before;
		});
	}

	/**
	 * The checkpoints in the table of leases.
	 */
	private Map<String, BigInteger> checkpoints() {
		Map<String, BigInteger> checkpoints = new HashMap<>();
		this.clients.dynamo().scan((request) -> request.tableName(this.stream)).join().items().forEach((lease) -> {
			String number = lease.get("checkpoint").s();
			checkpoints.put(lease.get("leaseKey").s(),
					number.matches("\\d+") ? new BigInteger(number) : BigInteger.valueOf(-1));
		});
		return checkpoints;
	}

	private static void assertComesAgainOnlyBehind(Map<String, BigInteger> checkpoints, WorkerProcess worker) {
		assertThat(worker.handled()).isNotEmpty()
			.allSatisfy((handled) -> assertThat(new BigInteger(handled.number()))
				.isGreaterThan(checkpoints.getOrDefault(handled.shard(), BigInteger.valueOf(-1))));
	}

}
