package io.pubsub.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.pubsub.MediaType;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.dispatch.Arrival;
import io.pubsub.dispatch.DeadLetterLimit;
import io.pubsub.dispatch.Entry;
import io.pubsub.dispatch.Judgement;
import io.pubsub.dispatch.ReceiverBuilder;
import io.pubsub.dispatch.Recipient;
import io.pubsub.internal.LogText;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
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

	private static final Object ORDER = new Object();

	private static final int LONGEST_SHOWN = 10;

	private static final int MARGIN_PART = 10;

	private static final Duration LONGEST_MARGIN = Duration.ofSeconds(1);

	private final Settings settings;

	private final Entry<Recipient> entry;

	private final Judgement judgement;

	private final SideDoor sideDoor;

	private final StageGraph graph;

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
		this.graph = new StageGraph(pipeline);
		this.closed = new PipelineStatistics(pipeline.name(), 0, Duration.ZERO,
				pipeline.allStages().map((stage) -> unused(stage.info(), this.graph)).toList(), List.of(), List.of());
	}

	private static StageStatistics unused(StageInfo stage, StageGraph graph) {
		return new StageMeter().statistics(stage.label(), stage.kind(), graph.behind(stage.label()), 0, 0,
				Duration.ZERO);
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
		Run run = new Run(this.settings, this.judgement, this.sideDoor, new Events());
		this.opened = new Opened(run, this.entry);
		logger.info("Running {}", pipeline());
	}

	@Override
	public void receive(Delivery delivery) {
		this.host.progressed();
		Opened opened = this.opened;
		if (opened != null) {
			opened.receive(delivery);
		}
		else {
			delivery.release(Duration.ZERO);
		}
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
			opened.run.blocked(blocked);
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
			opened.run.drain();
			if (within.isNegative() || within.isZero()) {
				opened.run.abort();
				return;
			}
			Duration part = within.dividedBy(MARGIN_PART);
			Duration margin = (part.compareTo(LONGEST_MARGIN) < 0) ? part : LONGEST_MARGIN;
			opened.abortion = opened.run.after(within.minus(margin), opened.run::abort);
		}
	}

	@Override
	public synchronized void close(Duration within) {
		Opened opened = this.opened;
		if (opened != null) {
			opened.close(within);
			this.closed = opened.statistics();
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
		return opened == null || opened.run.isAtRest();
	}

	/**
	 * Whether nothing will happen in here before something is received, or a time comes
	 * that some of it waits for.
	 * @return {@code true} if so at this moment
	 */
	public boolean isIdle() {
		Opened opened = this.opened;
		return opened == null || opened.run.isIdle();
	}

	@Override
	public Collection<Thread> threads() {
		Opened opened = this.opened;
		return (opened != null) ? opened.run.carriers().stream().map(Carrier::thread).toList() : List.of();
	}

	/**
	 * How the pipeline is doing.
	 * @return the statistics at this moment, since it was opened; after its closing, of
	 * its end
	 */
	public PipelineStatistics statistics() {
		Opened opened = this.opened;
		return (opened != null) ? opened.statistics() : this.closed;
	}

	private boolean isHalted() {
		return haltReason() != null && this.host.halted();
	}

	/**
	 * What the steps of a run tell.
	 */
	final class Events {

		void progressed() {
			PipelineReceiver.this.host.progressed();
		}

		void settled() {
			isHalted();
		}

		void again(Delivery delivery) {
			receive(delivery);
		}

	}

	/**
	 * The time between an opening and the next closing.
	 */
	private final class Opened {

		private final Assembly assembly;

		private final Run run;

		private final Entry<Recipient> entry;

		private final List<Step> inOrder;

		private final Step first;

		private final Room head;

		private volatile Timekeeper.@Nullable Task abortion;

		Opened(Run run, Entry<Recipient> entry) {
			this.run = run;
			this.entry = entry;
			this.assembly = new Assembly(run);
			this.first = this.assembly.assemble(pipeline().stages(), new DoneStep(run));
			this.assembly.steps().forEach(run::add);
			Map<String, Step> byName = run.steps()
				.stream()
				.collect(Collectors.toMap((step) -> step.stage().label(), Function.identity()));
			this.inOrder = pipeline().stageNames().stream().map(byName::get).toList();
			this.head = run.room(1, Integer.MAX_VALUE, this::begin);
		}

		void receive(Delivery delivery) {
			this.head.force(ORDER, delivery, null).run();
		}

		private void begin(Object element, @Nullable Lineage none, Carrier carrier) {
			Delivery delivery = (Delivery) element;
			if (this.run.isDraining() || isHalted()) {
				delivery.release(this.run.isDraining() ? Duration.ZERO : null);
				return;
			}
			Origin before = this.run.find(delivery.message().id());
			if (before != null && waitsBehind(before, delivery)) {
				return;
			}
			if (delivery.begin()) {
				try {
					begun(delivery, carrier);
				}
				catch (RuntimeException | Error ex) {
					logger.error("Message {} could not be taken into the pipeline {}; it is handed back",
							LogText.of(delivery.message().id()), pipeline().name(), LogText.printable(ex));
					delivery.close();
				}
			}
		}

		private static boolean waitsBehind(Origin before, Delivery delivery) {
			delivery.park();
			return before.keepBehind(delivery) || !delivery.unpark();
		}

		private void begun(Delivery delivery, Carrier carrier) {
			Arrival<Recipient> arrival = this.entry.enter(delivery);
			if (arrival instanceof Arrival.Admitted<Recipient> admitted) {
				admitted(admitted, carrier);
			}
			else {
				this.run.judge(arrival, arrival.outcome((none) -> Outcome.succeeded()));
				this.run.progressed();
			}
		}

		private void admitted(Arrival.Admitted<Recipient> arrival, Carrier carrier) {
			// The surroundings of the one before are not those of the next.
			carrier.leave();
			OriginScopes scopes = this.run.scopes(arrival.content(), arrival.context());
			Outcome refusal = scopes.refusal();
			if (refusal == null) {
				refusal = this.run.refusal(arrival.delivery());
			}
			if (refusal != null) {
				this.run.judge(arrival, scopes.end(refusal));
				return;
			}
			Origin origin = new Origin(arrival, scopes, this.run);
			this.run.enter(origin);
			arrival.delivery().onLost(() -> this.run.lost(origin));
			try {
				this.first.accept(arrival.content(), origin, carrier);
			}
			catch (Throwable ex) {
				this.run.brokenOff(origin, ex);
			}
		}

		void close(Duration within) {
			Timekeeper.Task abortion = this.abortion;
			if (abortion != null) {
				abortion.cancel();
			}
			this.run.close(within);
		}

		PipelineStatistics statistics() {
			long now = this.run.nanos();
			List<PipelineStatistics.Call> calls = this.run.carriers()
				.stream()
				.map((carrier) -> call(carrier, now))
				.filter((call) -> !call.stage().isEmpty())
				.sorted(Comparator.comparing(PipelineStatistics.Call::time).reversed())
				.toList();
			long oldest = this.run.origins().stream().mapToLong((origin) -> now - origin.begun()).max().orElse(0);
			List<StageStatistics> stages = this.inOrder.stream().map((step) -> statistics(step, calls)).toList();
			return new PipelineStatistics(pipeline().name(), this.run.origins().size(), Duration.ofNanos(oldest),
					stages, calls.stream().limit(LONGEST_SHOWN).toList(), this.run.failures().last());
		}

		private static PipelineStatistics.Call call(Carrier carrier, long now) {
			Step step = carrier.step();
			Lineage lineage = carrier.lineage();
			if (step == null || lineage == null) {
				return new PipelineStatistics.Call("", "", "", Duration.ZERO);
			}
			return new PipelineStatistics.Call(step.stage().label(), lineage.context().messageId(),
					carrier.thread().getName(), Duration.ofNanos(Math.max(now - carrier.since(), 0)));
		}

		private StageStatistics statistics(Step step, List<PipelineStatistics.Call> calls) {
			String name = step.stage().label();
			List<PipelineStatistics.Call> own = calls.stream().filter((call) -> call.stage().equals(name)).toList();
			Duration longest = own.isEmpty() ? Duration.ZERO : own.get(0).time();
			return step.meter()
				.statistics(name, step.stage().kind(), PipelineReceiver.this.graph.behind(name), step.waiting(),
						own.size(), longest);
		}

	}

	/**
	 * What a run goes by.
	 *
	 * @param pipeline the pipeline
	 * @param maxInFlight the most messages in flight
	 * @param timekeeper the time to go by
	 * @param backoff the back-off policy, which the source has too
	 * @param threadFactory the factory of the threads
	 * @param interceptors the interceptors, the outermost first
	 * @param loggedKeys the filter for the keys of opaque data that log lines carry
	 * @param listener the listener to what comes out of the stages, if there is one
	 */
	record Settings(Pipeline pipeline, int maxInFlight, Timekeeper timekeeper, BackoffPolicy backoff,
			ThreadFactory threadFactory, List<OriginInterceptor> interceptors, Predicate<String> loggedKeys,
			@Nullable StageListener listener) {

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

		private Settings settings() {
			ThreadFactory threads = this.threadFactory;
			return new Settings(this.pipeline, this.maxInFlight, timekeeper(), this.backoff,
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
			return (mediaType) -> own.matches(mediaType) ? recipient : null;
		}

	}

}
