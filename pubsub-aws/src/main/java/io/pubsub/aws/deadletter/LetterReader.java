package io.pubsub.aws.deadletter;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import io.pubsub.dispatch.DeadLetterDetail;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.Verdict;
import io.pubsub.internal.ForeignNumber;
import io.pubsub.internal.LogText;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Reads what SQS has handed over as a letter.
 *
 * @param judge gives the verdict of today
 */
record LetterReader(Judge judge) {

	Held read(Message message) {
		Map<String, MessageAttributeValue> attributes = new HashMap<>(message.messageAttributes());
		String reason = text(attributes.remove(DeadLetters.REASON));
		DeadLetterDetail detail = DeadLetterDetail.read(text(attributes.remove(DeadLetters.DETAIL)));
		if (detail != null) {
			detail.attributes().forEach((name, value) -> attributes.putIfAbsent(name, string(value)));
		}
		Long replays = ForeignNumber.of(text(attributes.get(DeadLetters.REPLAYS)), 0, Integer.MAX_VALUE);
		String source = source(message, detail);
		Verdict today = this.judge.judge(content(message, attributes), source);
		boolean known = detail != null && !detail.messageId().isEmpty();
		return new Held(letter(message, reason, detail, (replays != null) ? replays.intValue() : 0, source, today),
				message, (known && detail != null) ? detail.messageId() : message.messageId(), attributes);
	}

	private static Letter letter(Message message, @Nullable String reason, @Nullable DeadLetterDetail detail,
			int replays, @Nullable String source, @Nullable Verdict today) {
		Map<MessageSystemAttributeName, String> system = message.attributes();
		Long receives = ForeignNumber.of(system.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT), 0,
				Integer.MAX_VALUE);
		Long sentAt = ForeignNumber.of(system.get(MessageSystemAttributeName.SENT_TIMESTAMP), 0, Long.MAX_VALUE);
		DeadLetterDetail told = (detail != null) ? detail : DeadLetterDetail.of("", "");
		return new Letter(message.messageId(), (reason != null) ? LogText.of(reason) : Letter.REDRIVE, told.exception(),
				handler(told, today), (today != null) ? today.mediaType() : null, source,
				(sentAt != null) ? Instant.ofEpochMilli(sentAt) : null, (receives != null) ? receives.intValue() : 0,
				replays, printable(system.get(MessageSystemAttributeName.MESSAGE_GROUP_ID)), fault(told),
				told.violations(), today);
	}

	private static @Nullable String handler(DeadLetterDetail told, @Nullable Verdict today) {
		return (told.handler() != null) ? told.handler() : (today != null) ? today.handler() : null;
	}

	private static @Nullable String fault(DeadLetterDetail told) {
		return (told.fault() != null) ? told.fault() : told.lastReason();
	}

	// What a daemon has sent there has no source for SQS.
	private static @Nullable String source(Message message, @Nullable DeadLetterDetail detail) {
		String told = (detail != null) ? detail.source() : null;
		return (told != null) ? told
				: printable(message.attributes().get(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN));
	}

	private static @Nullable String printable(@Nullable String text) {
		return (text != null) ? LogText.of(text) : null;
	}

	private static InboundMessage content(Message message, Map<String, MessageAttributeValue> attributes) {
		Map<String, String> texts = new HashMap<>();
		attributes.forEach((name, value) -> texts.put(name, String.valueOf(text(value))));
		return new InboundMessage(message.messageId(), (message.body() != null) ? message.body() : "", texts,
				message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID), null);
	}

	static @Nullable String text(@Nullable MessageAttributeValue value) {
		if (value == null) {
			return null;
		}
		return (value.binaryValue() != null) ? Base64.getEncoder().encodeToString(value.binaryValue().asByteArray())
				: value.stringValue();
	}

	static MessageAttributeValue string(String value) {
		return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
	}

}
