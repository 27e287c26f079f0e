package io.pubsub.benchmarks.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

import io.pubsub.Handles;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.benchmarks.scenario.Sentence;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.ThreadPoolReceiver;
import io.pubsub.dispatch.HandlerMethods;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.OriginScope;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.Receiver;
import jakarta.validation.Validation;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Consumes a queue of sentences: with a pipeline, or with a handler that does the same in
 * one method. Neither has Spring around it.
 */
public final class SqsWords {

	private static final Duration DRAIN = Duration.ofSeconds(10);

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final MediaTypes mediaTypes = new MediaTypes(null);

	private final SchemaRegistry schemas = new SchemaRegistry(this.mediaTypes, true);

	private final MessageCodec codec = new MessageCodec(this.mapper,
			Validation.buildDefaultValidatorFactory().getValidator(), this.schemas);

	private final Sink sink = new Sink();

	private final int inFlight;

	private final IntConsumer done;

	/**
	 * Make a consumer.
	 * @param inFlight the most messages at work at a time
	 * @param done the consumer of the number of each message, called when all of its
	 * words are in finished batches
	 */
	public SqsWords(int inFlight, IntConsumer done) {
		this.inFlight = inFlight;
		this.done = done;
	}

	/**
	 * Start a contender.
	 * @param contender the contender
	 * @param client the client to use
	 * @param queueUrl the queue to consume
	 */
	public void start(Contender contender, SqsAsyncClient client, String queueUrl) {
		SqsSourceOptions.Builder options = SqsSourceOptions.builder(queueUrl).concurrency(this.inFlight);
		Receiver receiver = switch (contender) {
			case PUBSUB -> handler();
			case PUBSUB_PIPELINE_SCHEMA -> {
				// As the starter wires it: what is fetched ahead would begin at once.
				options.maxPrefetch(0);
				yield pipeline();
			}
			default -> throw new IllegalArgumentException("%s counts no words of a queue".formatted(contender));
		};
		new ConsumerDaemon(new SqsSource(client, options.build()), receiver, DRAIN).start();
	}

	private Receiver handler() {
		SentenceHandler handler = new SentenceHandler(this.sink, this.done, new ConcurrentHashMap<>());
		HandlerRegistry handlers = new HandlerRegistry();
		handlers.registerAll(
				new HandlerMethods(this.mediaTypes, this.schemas).find("words", handler, SentenceHandler.class));
		MessageDispatcher dispatcher = MessageDispatcher.builder(Envelope.codec(this.mapper), this.codec, handlers)
			.build();
		return new ThreadPoolReceiver(dispatcher, this.inFlight, Executors.defaultThreadFactory());
	}

	private Receiver pipeline() {
		Pipeline pipeline = PubSubPipeline.pipeline(Pipeline.named("words").from(Sentence.class), this.sink);
		return PipelineReceiver.builder(pipeline, Envelope.codec(this.mapper), this.codec, this.schemas)
			.maxInFlight(this.inFlight)
			.interceptors(List.of(new Ends(this.done)))
			.build();
	}

	/**
	 * The handler.
	 *
	 * @param sink the sink of the counts
	 * @param done the consumer of the number of each message
	 * @param counts the counts by word
	 */
	record SentenceHandler(Sink sink, IntConsumer done, Map<String, Integer> counts) {

		@Handles
		void handle(Sentence sentence) {
			List<WordCount> batch = new ArrayList<>();
			for (String text : sentence.words()) {
				String word = Words.normalized(text);
				batch.add(new WordCount(word, this.counts.merge(word, 1, Integer::sum)));
			}
			this.sink.write(batch);
			this.done.accept(sentence.sequence());
		}

	}

	/**
	 * Tells of the messages that the pipeline has ended.
	 *
	 * @param done the consumer of their numbers
	 */
	private record Ends(IntConsumer done) implements OriginInterceptor {

		@Override
		public OriginScope begin(String pipeline, Object content, MessageContext context) {
			int sequence = ((Sentence) content).sequence();
			return new OriginScope() {
				@Override
				public Outcome end(Outcome outcome) {
					Ends.this.done.accept(sequence);
					return outcome;
				}
			};
		}

	}

}
