package io.pubsub.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.pubsub.MediaType;
import io.pubsub.OpaqueData;
import io.pubsub.dispatch.DeadLetterLimit;
import io.pubsub.dispatch.Entry;
import io.pubsub.dispatch.Judgement;
import io.pubsub.dispatch.ReceiverBuilder;
import io.pubsub.dispatch.Recipient;
import io.pubsub.dispatch.Verdict;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@link Receiver} that runs a {@link Pipeline}, on threads of its own.
 * <p>
 * Messages begin one after the other, in the order in which they come; one that is
 * delivered again while it is still at work here waits for that to end. Safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public final class PipelineReceiver implements Receiver {

	private static final Logger logger = LoggerFactory.getLogger(PipelineReceiver.class);

	private final RunSettings settings;

	private final Entry<Recipient> entry;

	private final Judgement judgement;

	private final SideDoor sideDoor;

	private volatile PipelineStatistics closed;

	private volatile int maxInFlight;

	private volatile Host host = Host.NONE;

	private volatile @Nullable Opened opened;

	private PipelineReceiver(Builder builder) {
		Pipeline pipeline = builder.pipeline;
		if (pipeline.hasSideDoor() && pipeline.failureHandler() == null) {
			throw new InvalidPipelineException(pipeline.name(), "its side door",
					"failed elements are limited, but there is no place for them: add one with onFailure");
		}
		this.settings = builder.settings();
		this.maxInFlight = builder.maxInFlight;
		this.entry = builder.entry();
		this.judgement = builder.judge();
		this.sideDoor = new SideDoor(pipeline.name(), pipeline.failureHandler(),
				new DeadLetterLimit(pipeline.maxFailureRatio(), pipeline.maxConsecutiveFailures()));
		this.closed = RunStatistics.unused(pipeline);
	}

	/**
	 * Starts to configure a receiver.
	 * @param pipeline the pipeline
	 * @param envelope the envelope of the messages, if the pipeline has none of its own
	 * @param codec the codec of their content
	 * @param schemas the schemas, by which the media type of the content is known
	 * @return the builder
	 */
	public static Builder builder(Pipeline pipeline, Envelope envelope, MessageCodec codec, SchemaRegistry schemas) {
		return new Builder(pipeline, envelope, codec, schemas);
	}

	/**
	 * The pipeline that this runs.
	 * @return the pipeline
	 */
	public Pipeline pipeline() {
		return this.settings.pipeline();
	}

	@Override
	public synchronized void open(Host host) {
		this.host = host;
		resume();
		Run run = new Run(this.settings, this.judgement, this.sideDoor, new Listening());
		Step first = run.assemble(pipeline());
		this.opened = new Opened(run, new Intake(run, this.entry, first, this::isHalted),
				new RunStatistics(run, pipeline()));
		logger.info("Running {}", pipeline());
	}

	@Override
	public void receive(Delivery delivery) {
		this.host.progressed();
		Opened opened = this.opened;
		if (opened != null) {
			opened.intake().receive(delivery);
		}
		else {
			delivery.release(Duration.ZERO);
		}
	}

	/**
	 * What would become of a message at its first delivery, up to the first stage of the
	 * pipeline.
	 * @param message the message, of which nothing changes
	 * @return the verdict
	 */
	public Verdict judge(InboundMessage message) {
		return this.entry.judge(message);
	}

	@Override
	public void blocked() {
		tellBlocked(true);
	}

	@Override
	public void unblocked() {
		tellBlocked(false);
	}

	private void tellBlocked(boolean blocked) {
		Opened opened = this.opened;
		if (opened != null) {
			opened.run().blocked(blocked);
		}
	}

	/**
	 * Changes how many messages are in flight at most. Rooms that are there stay as they
	 * are until this is opened again.
	 */
	@Override
	public void concurrency(int concurrency) {
		Builder.checkMaxInFlight(concurrency);
		this.maxInFlight = concurrency;
	}

	/**
	 * The most messages in flight.
	 */
	@Override
	public Integer concurrency() {
		return this.maxInFlight;
	}

	/**
	 * Begins no more messages, and lets go of what is collected. What has not ended
	 * shortly before the time is over is handed back as not tried.
	 */
	@Override
	public void drain(Duration within) {
		Opened opened = this.opened;
		if (opened != null) {
			opened.run().drain(within);
		}
	}

	@Override
	public synchronized void close(Duration within) {
		Opened opened = this.opened;
		if (opened != null) {
			opened.run().close(within);
			this.closed = opened.statistics().now();
			this.opened = null;
		}
	}

	@Override
	public @Nullable String haltReason() {
		String reason = this.sideDoor.haltReason();
		return (reason != null) ? "failed elements: " + reason : this.judgement.haltReason();
	}

	@Override
	public void resume() {
		this.sideDoor.resume();
		this.judgement.resume();
	}

	/**
	 * Whether nothing is under way in here: what is there rests in open batches, or there
	 * is nothing.
	 */
	@Override
	public boolean isAtRest() {
		Opened opened = this.opened;
		return opened == null || opened.run().isAtRest();
	}

	/**
	 * Whether nothing will happen in here before something is received, or a time comes
	 * that some of it waits for.
	 * @return {@code true} if so at this moment
	 */
	public boolean isIdle() {
		Opened opened = this.opened;
		return opened == null || opened.run().crew().isIdle();
	}

	@Override
	public Collection<Thread> threads() {
		Opened opened = this.opened;
		return (opened != null) ? opened.run().crew().carriers().stream().map(Carrier::thread).toList() : List.of();
	}

	/**
	 * How the pipeline is doing.
	 * @return the statistics at this moment, since it was opened; after its closing, of
	 * its end
	 */
	public PipelineStatistics statistics() {
		Opened opened = this.opened;
		return (opened != null) ? opened.statistics().now() : this.closed;
	}

	private boolean isHalted() {
		return haltReason() != null && this.host.halted();
	}

	/**
	 * A run with what stands around it, from an opening to the next closing.
	 *
	 * @param run the run
	 * @param intake the intake of its messages
	 * @param statistics the look at it
	 */
	private record Opened(Run run, Intake intake, RunStatistics statistics) {

	}

	/**
	 * Hears what happens in a run.
	 */
	private final class Listening implements RunListener {

		@Override
		public void progressed() {
			PipelineReceiver.this.host.progressed();
		}

		@Override
		public void settled() {
			isHalted();
		}

		@Override
		public void again(Delivery delivery) {
			receive(delivery);
		}

	}

	/**
	 * The recipient of the messages.
	 *
	 * @param name the name of the pipeline
	 * @param contentType the class of their content
	 */
	private record PipelineRecipient(String name, Class<?> contentType) implements Recipient {

	}

	/**
	 * Configures a {@link PipelineReceiver}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder extends ReceiverBuilder<Builder> {

		private static final int MAX_IN_FLIGHT = 100;

		private final List<OriginInterceptor> interceptors = new ArrayList<>();

		private final Pipeline pipeline;

		private final Envelope envelope;

		private final MessageCodec codec;

		private final SchemaRegistry schemas;

		private int maxInFlight = MAX_IN_FLIGHT;

		private BackoffPolicy backoff = BackoffPolicy.fixed(Duration.ofSeconds(1));

		private @Nullable ThreadFactory threadFactory;

		private @Nullable StageListener listener;

		private UnaryOperator<Envelope> guard = UnaryOperator.identity();

		private Builder(Pipeline pipeline, Envelope envelope, MessageCodec codec, SchemaRegistry schemas) {
			this.pipeline = pipeline;
			this.envelope = envelope;
			this.codec = codec;
			this.schemas = schemas;
		}

		@Override
		protected Builder self() {
			return this;
		}

		/**
		 * Sets how many messages are in flight at most. It is for the source to keep:
		 * this is the {@link Receiver#concurrency()}.
		 * @param maxInFlight the number, from 1 to {@link Receiver#MAX_CONCURRENCY}; by
		 * default 100
		 * @return this builder
		 */
		public Builder maxInFlight(int maxInFlight) {
			checkMaxInFlight(maxInFlight);
			this.maxInFlight = maxInFlight;
			return this;
		}

		/**
		 * Sets the back-off policy of the source, for messages of which some elements
		 * want a delay of their own and others have failed.
		 * @param backoff the policy
		 * @return this builder
		 */
		public Builder backoff(BackoffPolicy backoff) {
			this.backoff = backoff;
			return this;
		}

		/**
		 * Sets the factory of the threads.
		 * @param threadFactory the factory; by default one of platform threads that are
		 * named after the pipeline
		 * @return this builder
		 */
		public Builder threadFactory(ThreadFactory threadFactory) {
			this.threadFactory = threadFactory;
			return this;
		}

		/**
		 * Adds interceptors.
		 * @param interceptors the interceptors, the outermost first
		 * @return this builder
		 */
		public Builder interceptors(List<OriginInterceptor> interceptors) {
			this.interceptors.addAll(interceptors);
			return this;
		}

		/**
		 * Sets what stands between a message and whichever envelope opens it, such as a
		 * check of its signature.
		 * @param guard the guard; by default there is none
		 * @return this builder
		 */
		public Builder guard(UnaryOperator<Envelope> guard) {
			this.guard = guard;
			return this;
		}

		/**
		 * Adds a listener that sees what comes out of each stage: for tests, and to look
		 * for a fault.
		 * @param listener the listener; by default there is none
		 * @return this builder
		 */
		public Builder stageListener(StageListener listener) {
			StageListener before = this.listener;
			this.listener = (before != null) ? (stage, element) -> {
				before.cameOut(stage, element);
				listener.cameOut(stage, element);
			} : listener;
			return this;
		}

		/**
		 * Makes the receiver.
		 * @return the receiver
		 * @throws io.pubsub.dispatch.MissingDeadLettersException if unhandled messages
		 * are to be dead letters, or dead letters are limited, but there is no place for
		 * them
		 * @throws InvalidPipelineException if the failed elements of the pipeline are
		 * limited, but there is no place for them
		 */
		public PipelineReceiver build() {
			return new PipelineReceiver(this);
		}

		static void checkMaxInFlight(int maxInFlight) {
			if (maxInFlight < 1 || maxInFlight > MAX_CONCURRENCY) {
				throw new IllegalArgumentException("the number of messages in flight must be from 1 to %d, not %d"
					.formatted(MAX_CONCURRENCY, maxInFlight));
			}
		}

		private RunSettings settings() {
			ThreadFactory threads = this.threadFactory;
			return new RunSettings(this.pipeline, this.maxInFlight, timekeeper(), this.backoff,
					(threads != null) ? threads : new NamedThreads(this.pipeline.name()),
					List.copyOf(this.interceptors), loggedKeys(), this.listener);
		}

		private Judgement judge() {
			return judgement(this.pipeline.name());
		}

		private Entry<Recipient> entry() {
			Recipient recipient = new PipelineRecipient(this.pipeline.name(), this.pipeline.contentType());
			return entry(this.guard.apply(openedBy()), this.codec, recipients(recipient));
		}

		private Envelope openedBy() {
			if (this.pipeline.contentType() == InboundMessage.class) {
				return (message) -> new OpenedMessage(new MediaType("application/octet-stream"),
						JsonNodeFactory.instance.objectNode(), OpaqueData.none(), message.attributes(), null, null);
			}
			Envelope own = this.pipeline.envelope();
			return (own != null) ? own : this.envelope;
		}

		private Function<MediaType, @Nullable Recipient> recipients(Recipient recipient) {
			Class<?> type = this.pipeline.contentType();
			if (type == InboundMessage.class || type == OpenedMessage.class) {
				return (mediaType) -> recipient;
			}
			MediaType own = this.schemas.mediaTypeOf(type);
			this.schemas.register(own, type);
			return (mediaType) -> own.matches(mediaType) ? recipient : null;
		}

	}

}
