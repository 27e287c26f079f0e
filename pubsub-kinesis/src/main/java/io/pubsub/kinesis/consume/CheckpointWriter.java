package io.pubsub.kinesis.consume;

import java.time.Duration;

import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.internal.FailureStreak;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.checkpoint.SentinelCheckpoint;
import software.amazon.kinesis.exceptions.KinesisClientLibException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

/**
 * Writes the checkpoints of a shard, at most once a second. It always says which: without
 * arguments, the library would take the last record that it has handed out, settled or
 * not.
 * <p>
 * Not safe for use by many threads.
 */
final class CheckpointWriter {

	/**
	 * The shortest time between two checkpoints.
	 */
	static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(KinesisSource.class);

	private final FailureStreak failures = new FailureStreak();

	private final Shard shard;

	private final Timekeeper time;

	private @Nullable Long last;

	/**
	 * Makes a writer that has written nothing.
	 * @param shard the shard
	 * @param time the time
	 */
	CheckpointWriter(Shard shard, Timekeeper time) {
		this.shard = shard;
		this.time = time;
	}

	/**
	 * Writes the next checkpoint, unless there is none, or the last was written less than
	 * a second ago.
	 * @param checkpointer writes it
	 */
	void writeIfDue(RecordProcessorCheckpointer checkpointer) {
		if (isDue()) {
			write(checkpointer);
		}
	}

	private boolean isDue() {
		return this.last == null || this.time.nanos() - this.last >= INTERVAL.toNanos();
	}

	/**
	 * Writes the next checkpoint.
	 * @param checkpointer writes it
	 * @return {@code false} if there is one, but it could not be written
	 */
	boolean write(RecordProcessorCheckpointer checkpointer) {
		Checkpoints.Checkpoint next = this.shard.checkpoint();
		if (next == null) {
			return true;
		}
		boolean written = write(checkpointer, next.position().sequence().toString(), next.position().subSequence());
		if (written) {
			this.shard.taken(next);
		}
		return written;
	}

	/**
	 * Says that the shard has ended, and all of it is settled.
	 * @param checkpointer writes it
	 * @return {@code false} if it could not be written
	 */
	boolean writeEnd(RecordProcessorCheckpointer checkpointer) {
		return write(checkpointer, SentinelCheckpoint.SHARD_END.name(), 0);
	}

	private boolean write(RecordProcessorCheckpointer checkpointer, String sequence, long subSequence) {
		this.last = this.time.nanos();
		try {
			checkpointer.checkpoint(sequence, subSequence);
			if (this.failures.ended() > 0) {
				logger.info("Checkpoints of shard {} are written again", this.shard.id());
			}
			return true;
		}
		catch (ShutdownException ex) {
			logger.info("The lease of shard {} is lost, so its checkpoint was refused", this.shard.id());
			this.shard.lose();
			return false;
		}
		catch (KinesisClientLibException | RuntimeException ex) {
			failed(ex);
			return false;
		}
	}

	private void failed(Exception failure) {
		if (this.failures.failed() == 1) {
			logger.warn(
					"The checkpoint of shard {} could not be written, trying again: until it is, what was handled"
							+ " since the last one comes again after a restart",
					this.shard.id(), LogText.printable(failure));
		}
		else {
			logger.debug("The checkpoint of shard {} could still not be written", this.shard.id(), failure);
		}
	}

}
