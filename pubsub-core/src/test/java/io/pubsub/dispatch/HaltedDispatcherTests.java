package io.pubsub.dispatch;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.MediaTypes;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.Receiver;
import jakarta.validation.Validation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the halt of a {@link MessageDispatcher}.
 */
class HaltedDispatcherTests {

	private static final String EXPIRED = """
			{"mediaType": "application/vnd.example.order", "opaqueData": {"x-request-ttl": "0"}}""";

	private final RecordingSettler settler = new RecordingSettler();

	private final List<String> news = new CopyOnWriteArrayList<>();

	private final MessageDispatcher dispatcher = dispatcher();

	@BeforeEach
	void open() {
		this.dispatcher.open(new Receiver.Host() {

			@Override
			public void progressed() {
				HaltedDispatcherTests.this.news.add("progressed");
			}

			@Override
			public boolean halted() {
				HaltedDispatcherTests.this.news.add("halted");
				return true;
			}

		});
	}

	@Test
	void makesProgressWhenAMessageIsBegunAndWhenItIsSettled() {
		receive(EXPIRED);
		assertThat(this.news).containsExactly("progressed", "progressed");
	}

	@Test
	void haltsWhenThereAreTooManyDeadLetters() {
		receive("malformed");
		assertThat(this.dispatcher.haltReason()).contains("more than 0 messages in a row");
		assertThat(this.news).contains("halted");
		assertThat(this.settler.settlements()).containsExactly("nack null");
	}

	@Test
	void handsBackWithoutHandlingItWhatComesAfterAHalt() {
		receive("malformed");
		receive(EXPIRED);
		assertThat(this.settler.settlements()).containsExactly("nack null", "nack null");
	}

	@Test
	void goesOnWhereNobodyHaltsForIt() {
		this.dispatcher.open(Receiver.Host.NONE);
		receive("malformed");
		receive(EXPIRED);
		assertThat(this.settler.settlements()).containsExactly("nack null", "ack");
	}

	@Test
	void goesOnWhenItIsResumed() {
		receive("malformed");
		this.dispatcher.resume();
		assertThat(this.dispatcher.haltReason()).isNull();
		receive(EXPIRED);
		assertThat(this.settler.settlements()).containsExactly("nack null", "ack");
	}

	@Test
	void goesOnWhenItIsOpenedAgain() {
		receive("malformed");
		this.dispatcher.open(Receiver.Host.NONE);
		assertThat(this.dispatcher.haltReason()).isNull();
	}

	private void receive(String body) {
		this.dispatcher.receive(this.settler.delivery(body, 1));
	}

	private static MessageDispatcher dispatcher() {
		SchemaRegistry schemas = new SchemaRegistry(new MediaTypes(null), true);
		MessageCodec codec = new MessageCodec(JsonMapper.shared(),
				Validation.buildDefaultValidatorFactory().getValidator(), schemas);
		return MessageDispatcher.builder(Envelope.codec(JsonMapper.shared()), codec, new HandlerRegistry())
			.deadLetters(new DeadLetters((messages) -> new CompletableFuture<>(), "dead"))
			.deadLetterLimit(new DeadLetterLimit(null, 0))
			.build();
	}

}
