package io.pubsub.aws;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.MessageSchema;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.aws.sns.SnsDestination;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.publish.Message;
import io.pubsub.publish.MessageComposer;
import io.pubsub.publish.ProducerMode;
import io.pubsub.publish.Propagation;
import io.pubsub.publish.SnsProducer;
import io.pubsub.publish.TopicRouter;
import io.pubsub.publish.Topics;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.Subscription;
import jakarta.validation.Validation;
import jakarta.validation.constraints.NotBlank;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promise that all parts keep together: what a service publishes to a topic, another
 * one handles.
 */
abstract class EndToEndContract {

	private final List<Order> orders = new CopyOnWriteArrayList<>();

	private final List<DispatchResult> results = new CopyOnWriteArrayList<>();

	private final List<Subscription> subscriptions = new ArrayList<>();

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final MediaTypes mediaTypes = new MediaTypes("example");

	private final SchemaRegistry schemas = new SchemaRegistry(this.mediaTypes, true);

	private final MessageCodec codec = new MessageCodec(this.mapper,
			Validation.buildDefaultValidatorFactory().getValidator(), this.schemas);

	private final Broker broker;

	private final String topicArn;

	private final String queueUrl;

	EndToEndContract(Broker broker) {
		this.schemas.register(Order.class);
		this.broker = broker;
		this.topicArn = broker.createTopic();
		this.queueUrl = broker.createQueue(Duration.ofSeconds(30));
	}

	@AfterEach
	void stopSubscriptions() {
		this.subscriptions.forEach((subscription) -> subscription.stop(Duration.ZERO));
	}

	@Test
	void handlesWhatComesWrappedInANotification() {
		subscribe(false);
		String id = producer().produce(new Order("Größe 漢字 🚀", 3));
		DispatchResult result = await(1).get(0);
		assertThat(result.outcome().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
		assertThat(result.context()).extracting((context) -> context.get("x-request-published")).isNotNull();
		assertThat(this.orders).containsExactly(new Order("Größe 漢字 🚀", 3));
		assertThat(id).isNotBlank();
	}

	@Test
	void handlesWhatComesByRawDelivery() {
		subscribe(true);
		producer().produce(new Order("Größe 漢字 🚀", 3));
		assertThat(await(1).get(0).outcome().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
		assertThat(this.orders).containsExactly(new Order("Größe 漢字 🚀", 3));
	}

	@Test
	void handlesEveryMessageOfABatchOnce() {
		subscribe(false);
		List<Order> batch = IntStream.rangeClosed(1, 25).mapToObj((number) -> new Order("sku", number)).toList();
		producer().produceAll(batch).orThrow();
		assertThat(await(25)).extracting((result) -> result.outcome().kind()).containsOnly(Outcome.Kind.SUCCEEDED);
		assertThat(this.orders).containsExactlyInAnyOrderElementsOf(batch);
	}

	@Test
	void handlesAgainWhatItsHandlerHandedBack() {
		subscribe(false);
		producer().produce(new Order("retry", 1));
		assertThat(await(2)).extracting((result) -> result.outcome().kind())
			.containsExactlyInAnyOrder(Outcome.Kind.RETRIED, Outcome.Kind.SUCCEEDED);
	}

	@Test
	@Tag("fair-queues")
	void handsTheGroupOnToAStandardQueueAndToWhatItsHandlerPublishes() {
		subscribe(false);
		producer().produce(Message.of(new Order("forward", 1)).inGroup("tenant-1"));
		assertThat(await(2)).extracting((result) -> result.context().groupId()).containsExactly("tenant-1", "tenant-1");
	}

	private void subscribe(boolean raw) {
		this.broker.subscribe(this.topicArn, this.queueUrl, raw);
		HandlerRegistry handlers = new HandlerRegistry();
		handlers.register(new Handler("orders", this.mediaTypes.of(Order.class), Order.class,
				(content, context) -> handle((Order) content, context)));
		MessageDispatcher dispatcher = MessageDispatcher.builder(Envelope.codec(this.mapper), this.codec, handlers)
			.listeners(List.of(this.results::add))
			.build();
		SqsSource source = new SqsSource(this.broker.sqs(), SqsSourceOptions.forQueue(this.queueUrl));
		this.subscriptions.add(source.start(dispatcher));
	}

	private Outcome handle(Order order, MessageContext context) {
		if (order.sku().equals("retry") && context.attempt() == 1) {
			throw new NackException(Duration.ZERO, "expected");
		}
		if (order.sku().equals("forward")) {
			producer().produce(new Order("forwarded", order.quantity()));
		}
		this.orders.add(order);
		return Outcome.succeeded();
	}

	private SnsProducer producer() {
		TopicRouter router = new TopicRouter(Topics.all(this.topicArn), this.mediaTypes);
		SnsDestination destination = new SnsDestination(this.broker.sns());
		MessageComposer composer = new MessageComposer(this.schemas, this.codec, router, Propagation.defaults(),
				Clock.systemUTC(), destination.rules(), List.of());
		return new SnsProducer(composer, destination, ProducerMode.PUBLISH);
	}

	private List<DispatchResult> await(int count) {
		Awaitility.await().until(() -> this.results.size() >= count);
		return this.results;
	}

	/**
	 * The content of the messages.
	 *
	 * @param sku the code of the article
	 * @param quantity the number of pieces
	 */
	@MessageSchema
	record Order(@NotBlank String sku, int quantity) {

	}

}
