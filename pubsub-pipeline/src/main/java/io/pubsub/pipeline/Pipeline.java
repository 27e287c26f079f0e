package io.pubsub.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.pubsub.internal.LogText;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The definition of the steps between a message and its acknowledgement.
 * <p>
 * A message is acknowledged when everything that was derived from it has ended well; when
 * some of it has failed, it is delivered again, and so is all that is derived from it. It
 * is made once, checked when it is made, and run by a {@link PipelineReceiver}.
 * Immutable.
 *
 * <pre class="code">
 * Pipeline.named("line-counts")
 *     .from(FileUploaded.class)
 *     .flatMap(files::lines)
 *     .batch(100, Duration.ofSeconds(1))
 *     .to(counts::append);
 * </pre>
 *
 * @since 0.1.0
 */
public final class Pipeline {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

	private final Root root;

	private final List<Stage> stages;

	private final @Nullable FailureHandler failureHandler;

	private final @Nullable Double maxFailureRatio;

	private final @Nullable Integer maxConsecutiveFailures;

	private Pipeline(Root root, List<Stage> stages, @Nullable FailureHandler failureHandler,
			@Nullable Double maxFailureRatio, @Nullable Integer maxConsecutiveFailures) {
		this.root = root;
		this.stages = stages;
		this.failureHandler = failureHandler;
		this.maxFailureRatio = maxFailureRatio;
		this.maxConsecutiveFailures = maxConsecutiveFailures;
	}

	/**
	 * Makes a pipeline of stages, the last of which ends it.
	 * @param root the beginning
	 * @param stages the stages
	 * @return the pipeline, checked
	 */
	static Pipeline of(Root root, List<Stage> stages) {
		// Those of a branch get their names with all others.
		List<Stage> named = root.isBranch() ? stages : new Naming(root.pipeline()).name(stages);
		return new Pipeline(root, named, null, null, null);
	}

	/**
	 * Begins to define a pipeline.
	 * @param name the name that it has in properties, metrics and log lines: letters,
	 * digits, dots, underscores and hyphens
	 * @return the beginning
	 * @throws InvalidPipelineException if it is no such name
	 */
	public static Beginning named(String name) {
		return new Beginning(checkedName(LogText.of(name), name));
	}

	static String checkedName(String pipeline, String name) {
		if (!NAME.matcher(name).matches()) {
			throw new InvalidPipelineException(pipeline, "the name " + LogText.of(name),
					"a name consists of up to 100 letters, digits, dots, underscores and hyphens");
		}
		return name;
	}

	/**
	 * The same pipeline with a side door: single elements that can never succeed go there
	 * and count as done, instead of bringing their whole message back or making it a dead
	 * letter. These are elements that a step fails on with a
	 * {@link io.pubsub.RejectMessageException} or something that the step
	 * {@linkplain Flow#rejecting rejects}, and whatever fails at the last attempt at its
	 * message.
	 * @param handler the handler of these elements
	 * @return the pipeline
	 */
	public Pipeline onFailure(FailureHandler handler) {
		return new Pipeline(this.root, this.stages, handler, this.maxFailureRatio, this.maxConsecutiveFailures);
	}

	/**
	 * The same pipeline with a limit for its side door: when a larger part of the
	 * elements fails, something must be wrong with more than these, and the pipeline
	 * halts; its messages stay where they are.
	 * @param ratio the part of the last 100 elements that may fail, from 0 to 1
	 * @return the pipeline
	 * @throws InvalidPipelineException if there is no such part
	 */
	public Pipeline maxFailureRatio(double ratio) {
		if (!(ratio >= 0 && ratio <= 1)) {
			throw new InvalidPipelineException(name(), "its side door",
					"the part of elements that may fail is " + ratio + ": give it one from 0 to 1");
		}
		return new Pipeline(this.root, this.stages, this.failureHandler, ratio, this.maxConsecutiveFailures);
	}

	/**
	 * The same pipeline with a limit for its side door, as {@link #maxFailureRatio} is
	 * one.
	 * @param number the number of elements that may fail in a row
	 * @return the pipeline
	 * @throws InvalidPipelineException if the number is negative
	 */
	public Pipeline maxConsecutiveFailures(int number) {
		if (number < 0) {
			throw new InvalidPipelineException(name(), "its side door",
					"the number of elements that may fail in a row is " + number + ": give it at least 0");
		}
		return new Pipeline(this.root, this.stages, this.failureHandler, this.maxFailureRatio, number);
	}

	/**
	 * The name of the pipeline.
	 * @return the name
	 */
	public String name() {
		return this.root.pipeline();
	}

	/**
	 * The class of the content that it begins with.
	 * @return a schema class, {@link OpenedMessage} or {@link InboundMessage}
	 */
	public Class<?> contentType() {
		return this.root.contentType();
	}

	/**
	 * The envelope of its messages.
	 * @return the envelope; {@code null} if it takes the one that is configured
	 */
	public @Nullable Envelope envelope() {
		return this.root.envelope();
	}

	/**
	 * The names of its stages.
	 * @return the names, in the order of the definition, those of branches behind the
	 * stage that they begin in
	 */
	public List<String> stageNames() {
		return allStages().map((stage) -> stage.info().label()).toList();
	}

	/**
	 * All stages, those of branches behind the stage that they begin in.
	 * @return the stages, in the order of the definition
	 */
	Stream<Stage> allStages() {
		return flat(this.stages);
	}

	private static Stream<Stage> flat(List<Stage> stages) {
		return stages.stream()
			.flatMap((stage) -> Stream.concat(Stream.of(stage),
					stage.limbs().stream().flatMap((limb) -> flat(limb.stages()))));
	}

	Root root() {
		return this.root;
	}

	List<Stage> stages() {
		return this.stages;
	}

	@Nullable FailureHandler failureHandler() {
		return this.failureHandler;
	}

	boolean hasSideDoor() {
		return this.failureHandler != null || this.maxFailureRatio != null || this.maxConsecutiveFailures != null;
	}

	@Nullable Double maxFailureRatio() {
		return this.maxFailureRatio;
	}

	@Nullable Integer maxConsecutiveFailures() {
		return this.maxConsecutiveFailures;
	}

	@Override
	public String toString() {
		return "Pipeline[" + name() + ": " + stageNames() + "]";
	}

	/**
	 * Where a flow begins. Each is one of its own.
	 */
	static final class Root {

		private final String pipeline;

		private final Class<?> contentType;

		private final @Nullable Envelope envelope;

		private final boolean branch;

		Root(String pipeline, Class<?> contentType, @Nullable Envelope envelope, boolean branch) {
			this.pipeline = pipeline;
			this.contentType = contentType;
			this.envelope = envelope;
			this.branch = branch;
		}

		Root branch() {
			return new Root(this.pipeline, this.contentType, this.envelope, true);
		}

		String pipeline() {
			return this.pipeline;
		}

		Class<?> contentType() {
			return this.contentType;
		}

		@Nullable Envelope envelope() {
			return this.envelope;
		}

		boolean isBranch() {
			return this.branch;
		}

	}

	/**
	 * The beginning of a pipeline, which has a name only.
	 *
	 * @since 0.1.0
	 */
	public static final class Beginning {

		private final String name;

		private Beginning(String name) {
			this.name = name;
		}

		/**
		 * Begins with the content of messages, decoded and validated as for a handler.
		 * @param schema the schema class, which declares its media type
		 * @param <T> the type of the content
		 * @return the flow of the contents
		 */
		public <T> Flow<T> from(Class<T> schema) {
			return begin(schema, null);
		}

		/**
		 * Begins with messages out of their envelope, for what has no schema.
		 * @param envelope the envelope
		 * @return the flow of the opened messages
		 */
		public Flow<OpenedMessage> from(Envelope envelope) {
			return begin(OpenedMessage.class, envelope);
		}

		/**
		 * Begins with messages as their source gives them, unopened.
		 * @return the flow of the messages
		 */
		public Flow<InboundMessage> fromMessages() {
			return begin(InboundMessage.class, null);
		}

		private <T> Flow<T> begin(Class<T> contentType, @Nullable Envelope envelope) {
			return new Flow<>(new Root(this.name, contentType, envelope, false), List.of());
		}

	}

	/**
	 * Gives names to stages that have none, after their kind.
	 */
	private static final class Naming {

		private final Set<String> names = new HashSet<>();

		private final String pipeline;

		Naming(String pipeline) {
			this.pipeline = pipeline;
		}

		List<Stage> name(List<Stage> stages) {
			reserve(stages);
			return assign(stages);
		}

		private void reserve(List<Stage> stages) {
			for (Stage stage : stages) {
				String name = stage.info().name();
				if (name != null && !this.names.add(name)) {
					throw new InvalidPipelineException(this.pipeline, "stage " + name,
							"another stage has this name too; give each one of its own with named");
				}
				stage.limbs().forEach((limb) -> reserve(limb.stages()));
			}
		}

		private List<Stage> assign(List<Stage> stages) {
			return stages.stream().map(this::assign).toList();
		}

		private Stage assign(Stage stage) {
			StageInfo info = stage.info();
			Stage named = (info.name() != null) ? stage : stage.with(info.withName(free(info.kind())));
			return named.with(stage.limbs()
				.stream()
				.map((limb) -> new Stage.Limb(limb.key(), assign(limb.stages()), limb.returning()))
				.toList());
		}

		private String free(String kind) {
			String name = kind;
			for (int i = 2; !this.names.add(name); i++) {
				name = kind + "-" + i;
			}
			return name;
		}

	}

}
