package io.pubsub.jdbc.queue;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.publish.Message;
import io.pubsub.publish.MessageComposer;
import io.pubsub.publish.ProducerMode;
import io.pubsub.publish.Propagation;
import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.SnsProducer;
import io.pubsub.publish.TopicRouter;
import io.pubsub.publish.Topics;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.test.TestClock;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.internal.SnsRules;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A producer with an outbox, in the thread of the test, and a broker that fails as it is
 * told.
 */
final class OutboxFixture implements Destination {

	static final OutboxOptions OPTIONS = new OutboxOptions(Duration.ofSeconds(30), Duration.ofSeconds(1), 3,
			BackoffPolicy.fixed(Duration.ofSeconds(1)), Duration.ZERO, false);

	private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

	final Set<String> outages = ConcurrentHashMap.newKeySet();

	final Set<String> refused = ConcurrentHashMap.newKeySet();

	final List<OutboundMessage> messages = new CopyOnWriteArrayList<>();

	private final TestClock clock = new TestClock();

	private final QueueDatabase database;

	final JdbcOutbox outbox;

	final PublishScopes scopes;

	final SnsProducer producer;

	final TransactionTemplate transaction;

	OutboxFixture(QueueDatabase database, JdbcOutboxBuilder builder) {
		this.database = database;
		this.outbox = builder.timekeeper(this.clock.timekeeper()).executor(Runnable::run).build();
		this.scopes = new PublishScopes(this.outbox);
		this.producer = producer(this.outbox, this.scopes, this, this.clock);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource()));
		this.outbox.start(this);
	}

	DataSource dataSource() {
		return Objects.requireNonNull(this.database.dataSource());
	}

	/**
	 * A producer whose messages go to {@code orders.fifo}, unless they are
	 * {@code text/other}.
	 * @param outbox the outbox
	 * @param scopes the scopes with its transactions
	 * @param destination the destination
	 * @param clock the clock
	 * @return the producer
	 */
	static SnsProducer producer(JdbcOutbox outbox, PublishScopes scopes, Destination destination, Clock clock) {
		MediaTypes mediaTypes = new MediaTypes("example");
		SchemaRegistry schemas = new SchemaRegistry(mediaTypes, true);
		Topics topics = new Topics("orders.fifo", Map.of("text/other", "other.fifo"), Map.of(), Map.of(), Map.of());
		MessageComposer composer = new MessageComposer(schemas,
				new MessageCodec(JsonMapper.shared(), VALIDATOR, schemas), new TopicRouter(topics, mediaTypes),
				Propagation.defaults(), clock, SnsRules.INSTANCE, List.of());
		Destination outside = outbox.outsideOfTransactions(destination);
		return new SnsProducer(composer, outside, outside, ProducerMode.PUBLISH, scopes);
	}

	/**
	 * A message in the group that its text begins with: that of "a1" is "a".
	 * @param mediaType the media type
	 * @param text the text, which ends in a number
	 * @return the message
	 */
	static Message message(String mediaType, String text) {
		return Message.of(new MediaType(mediaType), Map.of("text", text)).inGroup(groupOf(text));
	}

	static String groupOf(String text) {
		return text.replaceAll("\\d+$", "");
	}

	void produce(String text) {
		produce("text/order", text);
	}

	void produce(String mediaType, String text) {
		this.producer.produce(message(mediaType, text));
	}

	void commit(String... texts) {
		this.transaction.executeWithoutResult((status) -> List.of(texts).forEach(this::produce));
	}

	void passTime(Duration duration) {
		this.database.passTime(duration);
		this.clock.advance(duration);
	}

	void passTimeInSteps(int seconds) {
		for (int i = 0; i < seconds; i++) {
			passTime(Duration.ofSeconds(1));
		}
	}

	List<String> published() {
		return this.messages.stream().map(OutboxFixture::text).toList();
	}

	static String text(OutboundMessage message) {
		return JsonMapper.shared().readTree(message.body()).path("text").asString("");
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> sent) {
		return CompletableFuture.completedFuture(sent.stream().map(this::publish).toList());
	}

	private PublishResult publish(OutboundMessage message) {
		if (this.refused.contains(text(message))) {
			return PublishResult.refused(new IllegalArgumentException("not such a text"));
		}
		if (this.outages.contains(message.address())) {
			return PublishResult.failed(new IllegalStateException("no network"));
		}
		this.messages.add(message);
		return PublishResult.published("id");
	}

	@Override
	public AddressRules rules() {
		return SnsRules.INSTANCE;
	}

}
