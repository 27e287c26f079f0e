package io.pubsub.benchmarks.scenario;

import java.time.Duration;
import java.util.List;

/**
 * The work of the contenders. One that names a concurrency gives it to all of them, and
 * changes nothing else about them.
 */
public enum Scenario {

	/** A full queue, and a handler that does nothing. */
	EMPTY("empty", 100_000, 400, Mode.CONSUME_WARM, 0),

	/** A full queue, and a handler of 50 ms. */
	SLOW50("slow50", 4_000, 400, Mode.CONSUME_WARM, 100),

	/** A full queue, and a handler that takes 5 s for one message in ten. */
	ONE_IN_TEN("one-in-ten", 1_000, 40, Mode.CONSUME_COLD, 100),

	/** 200 messages, and a handler of 5 s. */
	COLD5S("cold5s", 200, 100, Mode.CONSUME_COLD, 100),

	/** 100 messages a second, each published while the consumer waits. */
	LATENCY("latency", 1_000, 100, Mode.CONSUME_PACED, 0),

	/** Publishing one by one, each after the answer for the one before. */
	PUBLISH_ONE("publish-one", 20_000, 200, Mode.PUBLISH, 0),

	/** Publishing one by one, without waiting for the answers. */
	PUBLISH_ASYNC("publish-async", 20_000, 200, Mode.PUBLISH, 0),

	/** Publishing all in one call. */
	PUBLISH_ALL("publish-all", 20_000, 200, Mode.PUBLISH, 0),

	/** Sentences in memory that are taken apart, counted by word and collected. */
	PIPELINE("pipeline", 200_000, 2_000, Mode.MEMORY, 100),

	/** A full queue of such sentences. */
	PIPELINE_SQS("pipeline-sqs", 50_000, 400, Mode.CONSUME_STEPS, 100),

	/** A full queue of events, each of a small object whose lines are counted. */
	S3_OBJECTS("s3-objects", 10_000, 200, Mode.CONSUME_OBJECTS, 20),

	/** A full queue that several processes share, and a handler that does nothing. */
	SHARED("shared", 60_000, 20_000, Mode.SHARED, 0),

	/** A full queue that several processes share, and a handler of 20 ms. */
	SHARED20("shared20", 6_000, 2_000, Mode.SHARED, 0),

	/** Messages that a process puts into a folder and works off. */
	FOLDER("folder", 10_000, 200, Mode.FOLDER, 10),

	/** Messages that two processes put into a folder and work off. */
	FOLDER_2("folder-2", 10_000, 200, Mode.FOLDER, 10),

	/** Messages that are put into a file of SQLite and worked off. */
	JDBC_SQLITE("jdbc-sqlite", 1_000, 100, Mode.TABLE, 0),

	/** The same, with a second process that works off. */
	JDBC_SQLITE_2("jdbc-sqlite-2", 1_000, 100, Mode.TABLE, 0),

	/** Messages that are put into a table of PostgreSQL and worked off. */
	JDBC_POSTGRESQL("jdbc-postgresql", 2_000, 100, Mode.TABLE, 0),

	/** The same, with a second process that works off. */
	JDBC_POSTGRESQL_2("jdbc-postgresql-2", 2_000, 100, Mode.TABLE, 0);

	/** The number of messages a second that {@link #LATENCY} publishes. */
	public static final int RATE = 100;

	private static final Duration LONG = Duration.ofSeconds(5);

	private static final Duration SHARED_HANDLING = Duration.ofMillis(20);

	private static final Duration SHORT = Duration.ofMillis(50);

	private static final int LONG_EVERY = 10;

	private static final List<Contender> CONSUMERS = List.of(Contender.RAW, Contender.SQS_LISTENER,
			Contender.SQS_LISTENER_TUNED, Contender.DYNAMIC_SQS, Contender.PUBSUB, Contender.PUBSUB_TUNED);

	private static final List<Contender> PUBLISHERS = List.of(Contender.RAW, Contender.SNS_TEMPLATE, Contender.PUBSUB);

	private static final List<Contender> PROCESSES = List.of(Contender.PUBSUB, Contender.PUBSUB_TWO,
			Contender.PUBSUB_THREE);

	private static final List<Contender> PIPELINES = List.of(Contender.HAND_CHUNKS, Contender.HAND, Contender.REACTOR,
			Contender.REACTOR_CHUNKS, Contender.PUBSUB_PIPELINE, Contender.PUBSUB_PIPELINE_SCHEMA);

	private static final List<Contender> PIPELINES_OF_QUEUES = List.of(Contender.PUBSUB,
			Contender.PUBSUB_PIPELINE_SCHEMA);

	private static final List<Contender> TABLES = List.of(Contender.NAIVE, Contender.PUBSUB, Contender.PUBSUB_TUNED);

	private static final List<Contender> OBJECT_CONSUMERS = List.of(Contender.RAW, Contender.SQS_LISTENER,
			Contender.SQS_LISTENER_TUNED, Contender.PUBSUB_PIPELINE);

	private static final List<Contender> FOLDER_USERS = List.of(Contender.NAIVE, Contender.PUBSUB);

	private final String label;

	private final int messages;

	private final int quickMessages;

	private final Mode mode;

	private final int concurrency;

	Scenario(String label, int messages, int quickMessages, Mode mode, int concurrency) {
		this.label = label;
		this.messages = messages;
		this.quickMessages = quickMessages;
		this.mode = mode;
		this.concurrency = concurrency;
	}

	/**
	 * Return the number of messages that are measured.
	 * @param quick whether the run is only to show that everything works
	 * @return the number
	 */
	public int messages(boolean quick) {
		return quick ? this.quickMessages : this.messages;
	}

	/**
	 * Return the number of messages before those that are measured, of each process.
	 * @param messages the number of messages that are measured
	 * @return the number, 0 for a cold start
	 */
	public int warmUp(int messages) {
		return messages * this.mode.warmUp;
	}

	/**
	 * Return the number of messages that a contender handles at once.
	 * @param contender the contender
	 * @return the number
	 */
	public int concurrency(Contender contender) {
		return (this.concurrency > 0) ? this.concurrency : contender.concurrency();
	}

	/**
	 * Return the time that the handler takes for a message.
	 * @param sequence the number of the message
	 * @return the time, zero for no time at all
	 */
	public Duration handlingTime(int sequence) {
		return switch (this) {
			case SLOW50 -> SHORT;
			case SHARED20 -> SHARED_HANDLING;
			case COLD5S -> LONG;
			case ONE_IN_TEN -> (sequence % LONG_EVERY == 0) ? LONG : Duration.ZERO;
			default -> Duration.ZERO;
		};
	}

	/**
	 * Return the time that no contender can fall below, because its handlers are busy.
	 * @param messages the number of messages that are measured
	 * @return the time, zero if there is no such limit
	 */
	public Duration ideal(int messages) {
		return (this == COLD5S) ? LONG.multipliedBy((messages + this.concurrency - 1L) / this.concurrency)
				: Duration.ZERO;
	}

	/**
	 * Whether messages are published, rather than consumed.
	 * @return {@code true} if they are published
	 */
	public boolean publishes() {
		return this.mode == Mode.PUBLISH;
	}

	/**
	 * Whether the messages are in the memory of the contender, and no broker is needed.
	 * @return {@code true} if they are
	 */
	public boolean isInMemory() {
		return this.mode == Mode.MEMORY;
	}

	/**
	 * Whether contenders differ in the number of processes that share a queue.
	 * @return {@code true} if they do
	 */
	public boolean isShared() {
		return this.mode == Mode.SHARED;
	}

	/**
	 * Whether the messages are in a folder, and no broker is needed.
	 * @return {@code true} if they are
	 */
	public boolean isInFolder() {
		return this.mode == Mode.FOLDER;
	}

	/**
	 * Return the number of processes that do the work together.
	 * @return the number
	 */
	public int processes() {
		return (this == FOLDER_2 || this == JDBC_SQLITE_2 || this == JDBC_POSTGRESQL_2) ? 2 : 1;
	}

	/**
	 * Whether the messages are on a broker.
	 * @return {@code false} if none is needed
	 */
	public boolean hasBroker() {
		return !isInMemory() && !isInFolder() && !isInDatabase();
	}

	/**
	 * Whether the messages are in a database, and no broker is needed.
	 * @return {@code true} if they are
	 */
	public boolean isInDatabase() {
		return this.mode == Mode.TABLE;
	}

	/**
	 * Whether the database is PostgreSQL, and not a file of SQLite.
	 * @return {@code true} if it is
	 */
	public boolean hasServer() {
		return this == JDBC_POSTGRESQL || this == JDBC_POSTGRESQL_2;
	}

	/**
	 * Return the number of elements that each message is taken apart into. The numbers of
	 * the scenario are about these.
	 * @return the number, 1 if messages stay whole
	 */
	public int elements() {
		return isInMemory() ? Sentence.WORDS : 1;
	}

	/**
	 * Whether each message tells of an object in S3.
	 * @return {@code true} if it does
	 */
	public boolean hasObjects() {
		return this == S3_OBJECTS;
	}

	/**
	 * Return the thing that the numbers of the scenario are about.
	 * @return the unit
	 */
	public Unit unit() {
		if (hasObjects()) {
			return Unit.OBJECT;
		}
		return (elements() > 1) ? Unit.ELEMENT : Unit.MESSAGE;
	}

	/**
	 * Return the contender that the others are held to.
	 * @return the contender
	 */
	public Contender reference() {
		return switch (this) {
			case PIPELINE -> Contender.HAND_CHUNKS;
			case PIPELINE_SQS, SHARED, SHARED20 -> Contender.PUBSUB;
			case FOLDER, FOLDER_2, JDBC_SQLITE, JDBC_SQLITE_2, JDBC_POSTGRESQL, JDBC_POSTGRESQL_2 -> Contender.NAIVE;
			default -> Contender.RAW;
		};
	}

	/**
	 * Whether the messages that are measured arrive one after the other, and not all
	 * before the start.
	 * @return {@code true} if they arrive at the {@link #RATE}
	 */
	public boolean isPaced() {
		return this.mode == Mode.CONSUME_PACED;
	}

	/**
	 * Return the number of messages that arrive at the {@link #RATE}, and not before the
	 * start: those that are measured, and as many before them.
	 * @param messages the number of messages that are measured
	 * @return the number, 0 if all are there before the start
	 */
	public int paced(int messages) {
		return isPaced() ? 2 * messages : 0;
	}

	/**
	 * Write a message of this scenario.
	 * @param json the writer
	 * @param sequence the number of the message
	 * @return the JSON
	 */
	public String message(MessageJson json, int sequence) {
		return switch (this) {
			case PIPELINE, PIPELINE_SQS -> json.write(Sentence.MEDIA_TYPE, Sentence.of(sequence));
			default -> json.write(Order.MEDIA_TYPE, Order.now(sequence));
		};
	}

	/**
	 * Return the contenders that take part.
	 * @return the contenders
	 */
	public List<Contender> contenders() {
		return switch (this) {
			case PUBLISH_ONE, PUBLISH_ASYNC, PUBLISH_ALL -> PUBLISHERS;
			case PIPELINE -> PIPELINES;
			case PIPELINE_SQS -> PIPELINES_OF_QUEUES;
			case S3_OBJECTS -> OBJECT_CONSUMERS;
			case SHARED, SHARED20 -> PROCESSES;
			case FOLDER, FOLDER_2 -> FOLDER_USERS;
			case JDBC_SQLITE, JDBC_SQLITE_2, JDBC_POSTGRESQL, JDBC_POSTGRESQL_2 -> TABLES;
			default -> CONSUMERS;
		};
	}

	@Override
	public String toString() {
		return this.label;
	}

	private enum Mode {

		// Times as many as are measured. In the last of the 41 they are paced.
		CONSUME_WARM(2), CONSUME_STEPS(6), CONSUME_OBJECTS(15), CONSUME_COLD(0), CONSUME_PACED(41), PUBLISH(3),
		MEMORY(5), SHARED(1), FOLDER(2), TABLE(2);

		private final int warmUp;

		Mode(int warmUp) {
			this.warmUp = warmUp;
		}

	}

}
