package io.pubsub.sample.pipeline.clicks;

import java.util.concurrent.CompletionException;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.kinesis.common.HashKeyRangeForLease;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * The leases of a stream that nobody has read. The Kinesis Client Library makes them by
 * itself, but waits for a minute or two before, in case that others do it: too long for
 * who wants to see something. Nobody else needs this.
 *
 * @param kinesis the client of Kinesis
 * @param dynamo the client of DynamoDB
 */
record FirstLeases(KinesisAsyncClient kinesis, DynamoDbAsyncClient dynamo) {

	private static final String KEY = "leaseKey";

	/**
	 * Makes the leases, unless there is a table for them.
	 * @param stream the name of the stream
	 * @param table the name of the table
	 */
	void make(String stream, String table) {
		if (create(table)) {
			this.dynamo.waiter().waitUntilTableExists((request) -> request.tableName(table)).join();
			this.kinesis.listShards((request) -> request.streamName(stream))
				.join()
				.shards()
				.forEach((shard) -> add(shard, table));
		}
	}

	private boolean create(String table) {
		try {
			this.dynamo.createTable((request) -> request.tableName(table)
				.billingMode(BillingMode.PAY_PER_REQUEST)
				.attributeDefinitions(
						AttributeDefinition.builder().attributeName(KEY).attributeType(ScalarAttributeType.S).build())
				.keySchema(KeySchemaElement.builder().attributeName(KEY).keyType(KeyType.HASH).build())).join();
			return true;
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof ResourceInUseException) {
				return false;
			}
			throw ex;
		}
	}

	private void add(Shard shard, String table) {
		Lease lease = new Lease();
		lease.leaseKey(shard.shardId());
		lease.leaseCounter(0L);
		lease.checkpoint(ExtendedSequenceNumber.TRIM_HORIZON);
		lease.ownerSwitchesSinceCheckpoint(0L);
		lease.hashKeyRange(HashKeyRangeForLease.fromHashKeyRange(shard.hashKeyRange()));
		this.dynamo
			.putItem((request) -> request.tableName(table).item(new DynamoDBLeaseSerializer().toDynamoRecord(lease)))
			.join();
	}

}
