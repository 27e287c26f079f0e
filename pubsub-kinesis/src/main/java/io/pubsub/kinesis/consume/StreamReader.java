package io.pubsub.kinesis.consume;

import java.util.concurrent.CompletableFuture;

import software.amazon.kinesis.processor.ShardRecordProcessorFactory;

/**
 * What leases the shards of a stream, reads them, and calls the processors.
 */
interface StreamReader {

	/**
	 * Reads until it is stopped, or cannot begin.
	 */
	void run();

	/**
	 * The lease of a shard that is ours at this moment.
	 * @param shard the id of the shard
	 * @return the lease
	 */
	ShardLease lease(String shard);

	/**
	 * Takes no more leases, asks all processors to shut down, and stops.
	 * @return completes when that is done
	 */
	CompletableFuture<?> stopGracefully();

	/**
	 * Stops without asking anybody.
	 */
	void stop();

	/**
	 * Makes readers.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Makes a reader that does not run.
		 * @param processors the factory of the processors
		 * @return the reader
		 */
		StreamReader create(ShardRecordProcessorFactory processors);

	}

}
